import yargs from 'yargs'
import { reports } from '../reports/catalogue.js'
import type { Setting } from './config.js'
import { type Display, displayOf, reserveStdout } from './console.js'
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
  type Group,
  judgeOptions,
  limitOptions,
  outputOptions,
  verifyOptions,
} from './options.js'
import { version } from './version.js'

// Handlers are imported when they are called: LangGraph alone takes half a second, and --help shall not wait for it.
const reportNames = reports.map(({ id }) => id)

type Handler = (given: Given) => Promise<number>

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

/** What commands work with besides their arguments. */
type Surroundings = Readonly<{
  display: Display
  signal: AbortSignal
  setting: Setting
  /** Options with what the configuration says as their defaults. */
  configured: (options: Group) => Group
  /** Arguments with the systems of the configuration. */
  withSystems: (given: Given) => Given
}>

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
  { display, signal, setting, configured, withSystems }: Surroundings,
) {
  return yargs([...args])
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
            describe: 'Ids or globs of reference systems; ID~DEFENCE is one without a defence',
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
          .example('$0 list faults', 'the faults, in the order of the taxonomy'),
      handle(async (given) => {
        ;(await import('./commands/list.js')).list(given, display, setting)
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
    .command(
      'replay <trial>',
      'Execute one trial of a run again and show it beside its baseline',
      (y) =>
        y
          .positional('trial', {
            type: 'string',
            demandOption: true,
            describe: 'Its id: system/scenario/fault/task#seed',
          })
          .options(configured(runOptions()))
          .option('mermaid', {
            type: 'boolean',
            describe: 'Print who read what from whom, and the way of the fault, as a diagram',
          })
          .example("$0 replay 'pipeline/table-qa/hallucination/t17#1'", 'of the latest run'),
      handle(async (given) =>
        (await import('./commands/replay.js')).replay(given, display, setting),
      ),
    )
    .command(
      'verify [run]',
      'Repeat held trials of a run without each defence: which one saved them?',
      (y) =>
        y
          .positional('run', {
            type: 'string',
            default: 'latest',
            describe: 'Id, folder, or latest',
          })
          .options(
            configured({
              ...outOption(),
              ...repeatOptions(),
              ...limitOptions(),
              ...sampleOption(),
            }),
          )
          .example('$0 verify latest', 'every held trial of a system that has defences')
          .example('$0 verify latest --sample 50', 'fifty of them, spread over systems and faults'),
      handle(async (given) =>
        (await import('./commands/verify.js')).verify(given, display, { signal, setting }),
      ),
    )
    .command(
      'report [run]',
      'Render a stored run again',
      (y) =>
        y
          .positional('run', {
            type: 'string',
            default: 'latest',
            describe: 'Id, folder, or latest',
          })
          .options(configured(outOption()))
          .option('report', {
            alias: 'r',
            type: 'string',
            array: true,
            requiresArg: true,
            describe: `NAME[:PATH]; NAME is ${reportNames.join(', ')}`,
          })
          .option('weights', {
            type: 'string',
            requiresArg: true,
            describe: 'How categories weigh in scores: uniform, scopes, faults, or a file',
            defaultDescription: 'uniform',
          })
          .example('$0 report latest -r markdown', 'for a pull request'),
      handle(async (given) => (await import('./commands/report.js')).report(given, display)),
    )
    .command(
      'detect [run]',
      'Say again how a stored run dealt with its faults, with the rules of this version',
      (y) =>
        y
          .positional('run', {
            type: 'string',
            default: 'latest',
            describe: 'Id, folder, or latest',
          })
          .options(configured({ ...outOption(), ...judgeOptions() }))
          .options(configured({ concurrency: { ...executeOptions()['concurrency'] } }))
          .example('$0 detect latest --judge-model gpt-5-mini', 'ask what no program can tell'),
      handle(async (given) =>
        (await import('./commands/detect.js')).detect(given, display, { signal, setting }),
      ),
    )
    .command(
      'gate [run]',
      'Check gates on a stored run; runs nothing',
      (y) =>
        y
          .positional('run', {
            type: 'string',
            default: 'latest',
            describe: 'Id, folder, or latest',
          })
          .options(configured({ ...outOption(), ...gateOptions() }))
          .example("$0 gate latest --gate 'robustness >= 0.8'", 'exit 0, 1 or 3')
          .example('$0 gate --baseline firedrill.baseline.json', 'not worse than it was'),
      handle(async (given) => (await import('./commands/gate.js')).gate(given, display)),
    )
    .command(
      'baseline <action> [run]',
      'Make a run the one that later runs are compared with, or show that one',
      (y) =>
        y
          .positional('action', { type: 'string', choices: ['set', 'show'], demandOption: true })
          .positional('run', {
            type: 'string',
            default: 'latest',
            describe: 'Id, folder, or latest',
          })
          .options(configured(outOption()))
          .option('file', {
            type: 'string',
            requiresArg: true,
            default: 'firedrill.baseline.json',
            describe: 'The baseline file, made to be committed',
          })
          .example('$0 baseline set latest', 'then commit firedrill.baseline.json'),
      handle(async (given) => (await import('./commands/baseline.js')).baseline(given, display)),
    )
    .command(
      'compare <runA> [runB]',
      'Compare systems of a run with each other, or two runs, task by task',
      (y) =>
        y
          .positional('runA', {
            type: 'string',
            demandOption: true,
            describe: 'Id, folder, or latest',
          })
          .positional('runB', { type: 'string', describe: 'Another run; systems match by name' })
          .options(configured(outOption()))
          .option('by', {
            choices: ['system', 'defence'] as const,
            default: 'system',
            describe: 'Every two systems, or each with what it is without a defence',
          })
          .option('faults', {
            alias: 'f',
            type: 'string',
            array: true,
            requiresArg: true,
            defaultDescription: 'all',
            describe: 'Only these: ids, abbreviations, categories, scopes, globs, !x',
          })
          .example('$0 compare latest', 'the systems of the latest run')
          .example('$0 compare r-20261122-a41f latest', 'what has changed between two runs'),
      handle(async (given) => (await import('./commands/compare.js')).compare(given, display)),
    )
    .command(
      'import <study> <folder>',
      'Keep the published trials of a study as a run, to report on it like on your own',
      (y) =>
        y
          .positional('study', { type: 'string', choices: ['masfire'], demandOption: true })
          .positional('folder', {
            type: 'string',
            demandOption: true,
            describe: 'A clone of https://github.com/wxhhxn/MASFIRE',
          })
          .options(configured(outOption()))
          .example('$0 import masfire ./MASFIRE', 'then: firedrill report latest'),
      handle(async (given) => (await import('./commands/import.js')).importStudy(given, display)),
    )
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

const outOption = () => ({
  out: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    default: '.firedrill/runs',
    describe: 'Folder of runs',
  } as const,
})

const gateOptions = (): Group => {
  const { 'stop-when-decided': _, ...options } = decideOptions()
  return options
}

const repeatOptions = (): Group => {
  const { resume: _, ...options } = executeOptions()
  return options
}

const sampleOption = () => ({
  sample: {
    type: 'string',
    requiresArg: true,
    defaultDescription: 'all',
    describe: 'Verify so many held trials, spread over systems and faults',
  } as const,
})

const runOptions = () => ({
  ...outOption(),
  run: {
    type: 'string',
    requiresArg: true,
    default: 'latest',
    describe: 'Id, folder, or latest',
  } as const,
})
