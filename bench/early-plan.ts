import { answersOf, gatesIn, stopOf } from '../analysis/gates/of-run.js'
import { questionOf, resultOf } from '../analysis/gates/questions.js'
import { wilson } from '../analysis/interval.js'
import { cellsBySystem, plannedName } from '../analysis/run-cells.js'
import { design } from '../analysis/sequential.js'
import { sum } from '../analysis/sums.js'
import { counts } from '../core/hearing.js'
import { groupBy } from '../core/lists.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { placeKey, stopOrder } from '../core/stop-order.js'
import { readRunFile, readTrials } from '../engine/session.js'
import { faults } from '../faults/catalogue.js'
import { markdownTable } from '../reports/text/markdown-table.js'
import { percent } from './rate-table.js'

// What --stop-when-decided would have spared of runs that were executed whole, and whether it would have said the same
// of each cell. npx tsx bench/early-plan.ts FOLDER...: folders of runs that had neither gates nor an early end.

const zone = { pass: 0.9, fail: 0.8 }
const { looks } = design(zone)

type CellAnswer = Readonly<{
  system: string
  scenario: string
  fault: string
  rate: number
  n: number
  whole: string
  early: string
}>

type Question = NonNullable<ReturnType<typeof stopOf>>['questions'][number]

type Compared = Readonly<{ cells: readonly CellAnswer[]; trials: number; saved: number }>

const injectorOf = (id: string) => faults.find((fault) => fault.id === id)?.injector ?? 'response'

/** One system of a run: each of its cells asked once, and asked in looks. */
function compared(whole: RunFile, all: readonly TrialLine[], system: string): Compared {
  const plan = { ...whole.plan, systems: whole.plan.systems.filter(({ id }) => id === system) }
  const lines = all.filter((line) => line.system === system)
  const names = [...new Set(plan.faults.map(plannedName))]
  const rules = plan.scenarios.flatMap(({ id }) =>
    names.map((name) => `robustness(${id},${name}) >= ${zone.pass} fail ${zone.fail}`),
  )
  const stopping = rules.map((rule) => ({ rule, looks: [...looks] }))
  const facts = { faults, injectorOf, run: { ...whole, plan, gates: rules } }
  const gates = gatesIn(facts)
  const stopFacts = { ...facts, run: { ...facts.run, stopping } }
  const stop = stopOf(stopFacts, gates, lines)
  const questions = new Map(stop?.questions.map((question) => [question.id, question]))
  const { results } = answersOf(facts, gates, {
    systems: cellsBySystem({
      ...{ plan, trials: lines, injectorOf, faults, verifications: new Map(), imported: false },
    }),
    ...{ trials: lines, complete: true, early: () => null },
  })
  const cells = gates.flatMap(({ gate }, at) =>
    (results[at]?.subjects ?? []).flatMap(({ verdict, actual: { mean: rate, n } }) => {
      const [scenario = '', fault = ''] = [gate.scenarios[0], gate.faults[0]]
      if (verdict === 'no site' || rate === null) return []
      const question = questions.get(questionOf(gate, system))
      const said = question?.end?.verdict ?? verdict
      const early = said === 'given up' ? 'undecided' : said
      return [{ system, scenario, fault, rate, n, whole: verdict, early }]
    }),
  )
  const asked = askedOf(
    plan,
    lines,
    new Map(
      gates.map(({ gate }) => [
        `${gate.scenarios[0]} ${gate.faults[0]}`,
        questions.get(questionOf(gate, system)),
      ]),
    ),
  )
  if (!stopOf(stopFacts, gates, asked)?.isComplete) throw new Error('trials are missing')
  return { cells, trials: executed(lines), saved: executed(lines) - executed(asked) }
}

/** A trial that has no site, or whose task is not solved unharmed, is only written down. */
const executed = (lines: readonly TrialLine[]): number =>
  lines.filter(({ outcome }) => outcome.kind !== 'not-run').length

/** The trials that would have been executed: in each cell those up to its end, with what they are compared with. */
function askedOf(
  plan: RunFile['plan'],
  lines: readonly TrialLine[],
  questions: ReadonlyMap<string, Question | undefined>,
): readonly TrialLine[] {
  const byPlace = new Map(lines.map((line) => [placeKey(line), line]))
  const ordered = stopOrder({
    ...plan,
    systems: plan.systems.map(({ id }) => id),
    faults: plan.faults.map(plannedName),
  }).flatMap((place) => byPlace.get(placeKey(place)) ?? [])
  const faulted = [...groupBy(ordered, ({ scenario, fault }) => `${scenario} ${fault}`)].flatMap(
    ([cell, own]) => upToItsEnd(own, questions.get(cell)),
  )
  const companions = faulted.flatMap((line) =>
    ['baseline', `placebo-${injectorOf(line.fault)}`].map((fault) => placeKey({ ...line, fault })),
  )
  return [...faulted, ...[...new Set(companions)].flatMap((key) => byPlace.get(key) ?? [])]
}

/** Trials up to the one after which a question was clear or given up; all of them when it was neither. */
function upToItsEnd(lines: readonly TrialLine[], question?: Question): readonly TrialLine[] {
  const { end = null } = question ?? {}
  if (end === null || end.verdict === 'given up') return lines.slice(0, end?.after ?? lines.length)
  let counted = 0
  const last = lines.findIndex((line) => counts(resultOf(line)) && ++counted === end.after)
  return lines.slice(0, last + 1)
}

const same = (cells: readonly CellAnswer[]) =>
  cells.filter(({ whole, early }) => whole === early).length

function row(name: string, some: readonly Compared[]): readonly string[] {
  const cells = some.flatMap((one) => one.cells)
  const [trials, saved] = [sum(some.map((one) => one.trials)), sum(some.map((one) => one.saved))]
  const held = sum(cells.map(({ rate, n }) => rate * n)) / sum(cells.map(({ n }) => n))
  return [
    name,
    percent(held, 0),
    String(cells.length),
    `${same(cells)}, ${percent(same(cells) / cells.length)}`,
    String(trials),
    percent(saved / trials, 0),
  ]
}

const found = process.argv.slice(2).flatMap((folder) => {
  const run = readRunFile(folder)
  const { lines } = readTrials(folder)
  return run.plan.systems
    .map(({ id }) => ({ system: id, ...compared(run, lines, id) }))
    .filter(({ trials }) => trials > 0)
})
const head = ['system', 'held', 'cells', 'same verdict', 'trials', 'saved']
const bySystem = [...groupBy(found, ({ system }) => system)]
console.log(
  markdownTable(head, [...bySystem.map(([name, some]) => row(name, some)), row('all', found)]),
)

const cells = found.flatMap((one) => one.cells)
const { low, high } = wilson(same(cells), cells.length)
console.log(`\nSame: ${same(cells)} of ${cells.length}, ${percent(low)} to ${percent(high)}.`)
for (const { system, scenario, fault, rate, n, whole, early } of cells) {
  if (whole !== early) {
    console.log(
      `${system} ${scenario} ${fault}: ${percent(rate)} of ${n}; ${whole}, early ${early}`,
    )
  }
}
