import type { Argv } from 'yargs'
import { reports } from '../reports/catalogue.js'
import type { Setting } from './config.js'
import type { Display } from './console.js'
import {
  decideOptions,
  executeOptions,
  type Given,
  type Group,
  judgeOptions,
  limitOptions,
} from './options.js'

/** Carries out a command; returns its exit code. */
export type Handler = (given: Given) => Promise<number>

/** What commands work with besides their arguments. */
export type Surroundings = Readonly<{
  display: Display
  signal: AbortSignal
  setting: Setting
  /** Options with what the configuration says as their defaults. */
  configured: (options: Group) => Group
  /** Arguments with the systems of the configuration. */
  withSystems: (given: Given) => Given
}>

const reportNames = reports.map(({ id }) => id)

/** The commands that work on runs that are stored. Handlers are imported when they are called. */
export function storedRunCommands<Args>(
  program: Argv<Args>,
  handle: (handler: Handler) => (given: Given) => Promise<void>,
  { display, signal, setting, configured }: Surroundings,
): Argv<Args> {
  return program
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
}

/** Where the folders of runs are. */
export const outOption = () => ({
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
