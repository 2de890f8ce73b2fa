import type { Options } from 'yargs'
import { FiredrillError } from '../core/errors.js'
import { keptTraces, progressKinds, undecidedChoices } from '../core/schemas/config.js'
import type { PlanArguments } from './plan-of.js'

/** Options by their names. */
export type Group = Readonly<Record<string, Options>>

/** A text that must not be missing: yargs would take `--seeds` alone in silence. */
const text = (describe: string, more: Options = {}): Options => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...more,
})
const texts = (describe: string, more: Options = {}): Options =>
  text(describe, { array: true, ...more })

const grouped = (group: string, options: Group): Group =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      { ...option, ...fromEnvironment(name, option), group },
    ]),
  )

/** The environment's variable for an option. */
export const variableOf = (name: string): string =>
  `FIREDRILL_${name.toUpperCase().replaceAll('-', '_')}`

/**
 * The value of FIREDRILL_NAME as the option's default. yargs' own `.env()` makes a variable an unknown argument of every
 * command that lacks the option.
 */
function fromEnvironment(name: string, option: Options): Options {
  const variable = variableOf(name)
  const value = process.env[variable]
  if (value === undefined || value === '') return {}
  const { choices, type, array } = option
  if (choices && !choices.includes(value)) {
    throw new FiredrillError('bad-argument', `${variable} is "${value}".`, {
      hint: `It can be ${choices.join(', ')}.`,
    })
  }
  const given =
    type === 'boolean' ? !['0', 'false'].includes(value) : array ? listed(name, value) : value
  return { default: given, defaultDescription: `${value}, from ${variable}` }
}

/** Gates have spaces of their own, so in the environment semicolons part them. */
const listed = (name: string, value: string): readonly string[] =>
  name === 'gate' ? value.split(';').map((one) => one.trim()) : value.split(' ')

/** Which trials a plan has. */
export const chooseOptions = (): Group =>
  grouped('Choose:', {
    system: text('A graph of yours, as it is: a module that exports `graph`', { coerce: last }),
    'tasks-file': text('Tasks of yours: {id, text, expected, oracle?} in .jsonl, .json or .yaml', {
      coerce: last,
    }),
    oracle: text('A module of yours that marks their answers: PATH[#export]', { coerce: last }),
    scenario: texts('The work that the systems do', { alias: 's', defaultDescription: 'table-qa' }),
    faults: texts(
      'Ids, abbreviations, categories, scopes, globs, !x, id:parameter=value, a+b in one trial',
      {
        alias: 'f',
        defaultDescription: 'all',
      },
    ),
    tasks: text('How many tasks, or which: 20 | t3,t17', {
      alias: 't',
      defaultDescription: '30; 20 with sim-sweep',
    }),
    seeds: text('Repetitions with other draws: 7 | 1-5 | 1,4,9', {
      defaultDescription: '1; 1-60 with sim-sweep',
    }),
    model: text(
      'What answers for the agents: simulated, an id from `list models`, or openai:NAME',
      {
        alias: 'm',
        default: 'simulated',
      },
    ),
    'model-url': text('Base URL of an OpenAI-compatible server for openai:NAME', {
      coerce: last,
      defaultDescription: 'https://api.openai.com/v1',
    }),
    site: text('Where faults fire: default | any | first | every | AGENT[#n]', {
      default: 'default',
    }),
    without: texts('A defence to leave out'),
    'trial-calls': text('At most so many model calls in a trial: 12, or 2x those of its baseline', {
      coerce: last,
      defaultDescription: '4x and 60 more; baselines 200',
    }),
    'injector-model': text('A model that writes the faults instead of the program: gpt-5-mini', {
      coerce: last,
    }),
    'injector-url': text('Base URL of its OpenAI-compatible server', {
      coerce: last,
      defaultDescription: 'https://api.openai.com/v1',
    }),
  })

/** Who says what no program can tell of the behaviour of a system. */
export const judgeOptions = (): Group =>
  grouped('Judge:', {
    'judge-model': text('A model that says what no program can tell of a trial: gpt-5-mini', {
      coerce: last,
    }),
    'judge-url': text('Base URL of its OpenAI-compatible server', {
      coerce: last,
      defaultDescription: 'https://api.openai.com/v1',
    }),
    'judge-timeout': text('Seconds for one answer of the judge model', { default: '60' }),
  })

/** How a plan is executed. */
export const executeOptions = (): Group =>
  grouped('Execute:', {
    concurrency: text('Trials in flight', { alias: 'j', default: '4' }),
    'injector-timeout': text('Seconds for one answer of the injector model', { default: '60' }),
    resume: text('Continue a run: its id, its folder, or latest'),
  })

/** What a run is to decide. */
export const decideOptions = (): Group =>
  grouped('Decide:', {
    gate: texts("What must hold: 'robustness >= 0.8' | 'worst.category >= 0.5'; repeatable"),
    baseline: text('A file made by `baseline set`: nothing may get worse by 10 points', {
      coerce: last,
    }),
    'on-undecided': text('What too few trials lead to: exit 3, exit 1, or exit 0', {
      choices: undecidedChoices,
      default: 'stop',
    }),
    'stop-when-decided': {
      type: 'boolean',
      describe: 'End each gate as soon as it is clear; gates need a zone: >= 0.9 fail 0.8',
      default: false,
    },
  })

/** What is proved after a run. */
export const verifyOptions = (): Group =>
  grouped('Verify:', {
    'verify-tiers': {
      type: 'string',
      coerce: last,
      describe: 'Repeat held trials without each defence: all of them, or a sample of so many',
    },
  })

/** When no further trial is begun. */
export const limitOptions = (): Group =>
  grouped('Limits:', {
    'max-tokens': text('Begin no further trial after so many tokens; exit code 4, resumable', {
      coerce: last,
    }),
    'max-time': text('The same after 90s, 20m or 2h of this session', { coerce: last }),
    'max-cost': text('The same after so many US dollars; prices have to be known', {
      coerce: last,
    }),
  })

/** Where results go. */
export const outputOptions = (reports: readonly string[]): Group =>
  grouped('Output:', {
    report: texts(`Also write NAME[:PATH]; NAME is ${reports.join(', ')}`, { alias: 'r' }),
    out: text('Folder of runs', { alias: 'o', default: '.firedrill/runs' }),
    traces: text('Which traces to keep', { choices: keptTraces, default: 'all' }),
    progress: text('How progress is shown', {
      choices: progressKinds,
      default: 'auto',
    }),
  })

/** Options of every command. */
export const everywhereOptions = (): Group =>
  grouped('Everywhere:', {
    config: text('Your configuration; --no-config leaves it out', {
      alias: 'c',
      defaultDescription: 'firedrill.config.*, here or above',
    }),
    json: { type: 'boolean', describe: 'Print one JSON document', default: false },
    quiet: { type: 'boolean', alias: 'q', describe: 'Print the result only', default: false },
    color: {
      type: 'boolean',
      describe: 'Use colours (--no-color to switch them off)',
      hidden: true,
    },
  })

/** An option that was repeated by mistake counts once. */
function last(given: unknown): unknown {
  return Array.isArray(given) ? given.at(-1) : given
}

/** Arguments as yargs hands them over. */
export type Given = Readonly<Record<string, unknown>>

/** A list of words among the arguments; a comma parts words, unless the next parameter of a fault stands behind it. */
export const wordsIn = (given: Given, name: string): readonly string[] => {
  const value = given[name]
  const words = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
  return words.flatMap(parted)
}

function parted(word: string): readonly string[] {
  // A path of a report may hold anything: NAME:PATH stays whole.
  if (/^\w+:(?!\w+=)/.test(word)) return [word]
  return word.split(/,(?!\w+=)/).filter(Boolean)
}

/** A list of texts among the arguments, each whole: gates have commas of their own. */
export const textsIn = (given: Given, name: string): readonly string[] => {
  const value = given[name]
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
}

/** One word among the arguments; null when it was not given. */
export const wordIn = (given: Given, name: string): string | null => {
  const value = given[name]
  return value === undefined || value === null ? null : String(value)
}

/** The arguments that decide which trials there are. */
export function planArguments(given: Given): PlanArguments {
  const trialCalls = wordIn(given, 'trial-calls')
  return {
    systems: wordsIn(given, 'systems'),
    system: wordIn(given, 'system'),
    tasksFile: wordIn(given, 'tasks-file'),
    oracle: wordIn(given, 'oracle'),
    scenario: wordsIn(given, 'scenario'),
    faults: wordsIn(given, 'faults'),
    tasks: wordIn(given, 'tasks'),
    seeds: wordIn(given, 'seeds'),
    model: wordIn(given, 'model') ?? 'simulated',
    modelUrl: wordIn(given, 'model-url'),
    site: wordIn(given, 'site') ?? 'default',
    without: wordsIn(given, 'without'),
    injectorModel: wordIn(given, 'injector-model'),
    injectorUrl: wordIn(given, 'injector-url'),
    ...(trialCalls === null ? {} : { trialCalls }),
  }
}

/** A whole number from 1 to 1000 among the arguments; yargs would turn "many" into NaN and go on. */
export function countIn(given: Given, name: string): number {
  const number = Number(given[name])
  if (Number.isInteger(number) && number >= 1 && number <= 1000) return number
  throw new FiredrillError('bad-argument', `--${name} cannot be "${String(given[name])}".`, {
    hint: `Give a whole number from 1 to 1000: --${name} 4.`,
  })
}

/** The names of all options, to guess what a misspelt one meant. */
export const optionNames = (): readonly string[] =>
  [
    chooseOptions(),
    judgeOptions(),
    executeOptions(),
    decideOptions(),
    verifyOptions(),
    limitOptions(),
    outputOptions([]),
    everywhereOptions(),
  ].flatMap(Object.keys)
