import yargs from 'yargs'
import { reports } from '../reports/catalogue.js'
import type { Setting } from './config.js'
import { displayOf, reserveStdout } from './console.js'
import { exitCodes, exitCodesHelp } from './exit-codes.js'
import { failed, misunderstood } from './failure.js'
import { interruption } from './interruption.js'
import { listed } from './listed.js'
import {
  chooseOptions,
  decideOptions,
  everywhereOptions,
  executeOptions,
  type Given,
  judgeOptions,
  limitOptions,
  outputOptions,
  verifyOptions,
} from './options.js'
import {
  type Handler,
  outOption,
  type Surroundings,
  storedRunCommands,
} from './stored-run-commands.js'
import { version } from './version.js'

// Handlers are imported when they are called: LangGraph alone takes half a second, and --help shall not wait for it.
const reportNames = reports.map(({ id }) => id)

/** Runs the command line and returns the exit code; never throws, never ends the process. */
export async function main(args: readonly string[]): Promise<number> {
  const display = displayOf(args, process.env, process.stdout)
  const stop = interruption()
  let code: number = exitCodes.done
  const handle = (handler: Handler) => async (given: Given) => {
    reserveStdout()
    code = await handler(given)
  }
  try {
    const setting = await settingIn(args)
    await program(args, handle, { display, signal: stop.signal, ...setting }).parseAsync()
    // A run that was done before it heard the signal is done.
    return code === exitCodes.interrupted ? (stop.code() ?? code) : code
  } catch (error) {
    return failed(error, args)
  } finally {
    stop.end()
  }
}

/** Help comes without a configuration: quickly, and also when the configuration is not usable. */
async function settingIn(
  args: readonly string[],
): Promise<Pick<Surroundings, 'setting' | 'configured' | 'withSystems'>> {
  const none: Setting = { wish: { kind: 'none' }, found: null }
  const isHelp = args.some((word) => ['--help', '-h', '--version'].includes(word))
  if (isHelp)
    return { setting: none, configured: (options) => options, withSystems: (given) => given }
  const { configured, settingOf, withSystems } = await import('./config.js')
  const setting = await settingOf(args, process.cwd())
  return {
    setting,
    configured: (options) => configured(options, setting),
    withSystems: (given) => withSystems(given, setting),
  }
}

function program(
  args: readonly string[],
  handle: (handler: Handler) => (given: Given) => Promise<void>,
  surroundings: Surroundings,
) {
  const { display, signal, setting, configured, withSystems } = surroundings
  const executing = yargs([...args])
    .scriptName('firedrill')
    .usage(
      '$0 <command>\n\nBreaks LLM multi-agent systems on purpose and says how robust they are.',
    )
    .wrap(Math.min(100, display.width))
    .parserConfiguration({
      'strip-dashed': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'camel-case-expansion': false,
    })
    .strict()
    .recommendCommands()
    .demandCommand(
      1,
      'Say what to do: run, list, plan, explain, replay, verify, report, detect, compare, gate, baseline, import or doctor.',
    )
    .version(version())
    .help()
    .alias('h', 'help')
    .options(everywhereOptions())
    .command(
      'run [systems..]',
      'Break systems on purpose and say how robust they are',
      (y) =>
        y
          .positional('systems', {
            type: 'string',
            array: true,
            describe:
              'Ids or globs of reference systems, or all; ID~DEFENCE is one without a defence. Without names: critic-loop, pipeline, solo',
          })
          .options(
            configured({
              ...chooseOptions(),
              ...judgeOptions(),
              ...executeOptions(),
              ...decideOptions(),
              ...verifyOptions(),
              ...limitOptions(),
              ...outputOptions(reportNames),
            }),
          )
          .option('allow-production', { type: 'boolean', hidden: true })
          .example('$0 run', 'the built-in plan on the simulated model: no key, no network')
          .example('$0 run pipeline -f message-storm:copies=50 -t 10', 'one system, one fault')
          .example('$0 run --system ./examples/supervisor/graph.ts', 'a graph of yours, unchanged'),
      handle(async (given) => {
        const { run } = await import('./commands/run.js')
        return run(withSystems(given), display, { signal, setting })
      }),
    )
    .command(
      'plan [systems..]',
      'Say what run would do, and run nothing',
      (y) =>
        y
          .positional('systems', { type: 'string', array: true, describe: 'As for run' })
          .options(
            configured({
              ...chooseOptions(),
              ...judgeOptions(),
              ...decideOptions(),
              ...verifyOptions(),
            }),
          )
          .example('$0 plan -t 50 --seeds 1-3', 'how many trials that is and how precise it gets'),
      handle(async (given) => {
        await (await import('./commands/plan.js')).plan(withSystems(given), display, setting)
        return exitCodes.done
      }),
    )
    .command(
      'list <what>',
      'Say what there is',
      (y) =>
        y
          .positional('what', {
            type: 'string',
            demandOption: true,
            choices: listed,
          })
          .example('$0 list faults', 'the faults, in the order of the taxonomy')
          .example('$0 list matrix', 'which fault finds a site in which system, and why not'),
      handle(async (given) => {
        if (given['what'] === 'matrix') {
          await (await import('./commands/matrix.js')).matrix(given, display, setting)
        } else (await import('./commands/list.js')).list(given, display, setting)
        return exitCodes.done
      }),
    )
    .command(
      'explain <fault>',
      'Teach one fault: what it does, before and after, what may be seen then',
      (y) =>
        y
          .positional('fault', {
            type: 'string',
            demandOption: true,
            describe: 'Id or abbreviation',
          })
          .example('$0 explain MS', 'message storm'),
      handle(async (given) => {
        ;(await import('./commands/explain.js')).explain(given, display, setting)
        return exitCodes.done
      }),
    )
  return storedRunCommands(executing, handle, surroundings)
    .command(
      'doctor',
      'Check everything that a run needs',
      (y) => y.options(configured(outOption())),
      handle(async (given) =>
        (await import('./commands/doctor.js')).doctor(given, display, setting),
      ),
    )
    .epilog(exitCodesHelp)
    .fail((message, error) => {
      throw error ?? misunderstood(message, args)
    })
    .exitProcess(false)
}
