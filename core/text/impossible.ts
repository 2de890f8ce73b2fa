import { isNonEmpty } from '../lists.js'
import type { Site } from '../site.js'
import { type Edit, edited } from './edits.js'
import { isEnglish } from './english.js'
import { type Reading, read } from './facts.js'
import { keepsAll, occurrences } from './occurrences.js'
import { itemNumber, type PlanStep, planSteps } from './plan-steps.js'

/** Something that a changed plan relies on and that does not exist: a name, or steps that wait for each other. */
export type Impossible = Readonly<{ text: string; planted: readonly string[] }>

type Surroundings = Pick<Site, 'tools' | 'peers' | 'taskText' | 'protect' | 'rng'>

/**
 * A plan with up to `count` of its steps made impossible, each in one of four ways: it needs a tool that nobody has, the
 * result of a step that is not there, another agent that does not exist, or two steps wait for each other. The other steps
 * stay word for word. Null for a text without two steps.
 *
 * @example
 * 2. Sort rows by "Gold".  ->  2. Sort rows by "Gold", using the tool sort_rows_indexed.
 */
export function impossible(text: string, site: Surroundings, count: number): Impossible | null {
  if (!isEnglish(text)) return null // What is added to a step is English.
  const reading = read(text)
  const steps = planSteps(reading)
  const free = steps.filter(({ text: step }) =>
    site.protect.every((string) => occurrences(step, string).length === 0),
  )
  if (free.length < 2) return null
  const chance = site.rng.fork('steps')
  const changes: Change[] = []
  let made = 0
  for (const [at, step] of chance.shuffle(free).entries()) {
    if (made >= count) break
    const found = changesOf(step, steps, { ...site, reading, rng: chance.fork(at) })
    changes.push(...found)
    made += found.length > 0 ? 1 : 0
  }
  if (changes.length === 0) return null
  const after = withChanges(reading, changes)
  return after === text ? null : { text: after, planted: changes.map(({ planted }) => planted) }
}

type Change = Readonly<{ edit: Edit; planted: string }>
type Plan = Surroundings & Readonly<{ reading: Reading }>

const withChanges = ({ document }: Reading, changes: readonly Change[]): string =>
  edited(
    document,
    changes.map(({ edit }) => edit),
  )

function changesOf(step: PlanStep, steps: readonly PlanStep[], site: Plan): readonly Change[] {
  const { reading, protect } = site
  const before = withChanges(reading, [])
  const ways = site.rng.shuffle([missingTool, missingResult, missingAgent, circularWait])
  for (const way of ways) {
    const found = way(step, steps, site)
    if (found.length > 0 && keepsAll(before, withChanges(reading, found), protect)) return found
  }
  return []
}

/** Puts a clause at the end of a step, before its full stop. */
function withClause({ unit, text }: PlanStep, clause: string, planted: string): Change {
  const end = /[.!;,]*\s*$/.exec(text)?.index ?? text.length
  const at = unit.body + end
  return { edit: { leaf: unit.leaf, start: at, end: at, text: clause }, planted }
}

type Way = (step: PlanStep, steps: readonly PlanStep[], site: Plan) => readonly Change[]

const endings = ['indexed', 'strict', 'batch', 'v2', 'cached'] as const

const missingTool: Way = (step, _, { tools, taskText, rng }) => {
  const known = new Set(tools.map(({ name }) => name))
  const stem = nearestTool(step, tools) ?? /\b[a-z]+(?:_[a-z]+)+\b/.exec(step.text)?.[0]
  const verb = /^\p{L}+/u.exec(step.text)?.[0].toLowerCase() ?? 'do'
  const name = `${stem ?? `${verb}_all`}_${rng.pick(endings)}`
  if (known.has(name) || taskText.includes(name)) return []
  return [withClause(step, `, using the tool ${name}`, name)]
}

/** The tool whose name shares most words with a step. */
function nearestTool({ text }: PlanStep, tools: Surroundings['tools']): string | null {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu) ?? [])
  const ranked = tools
    .map(({ name }) => ({
      name,
      shared: name
        .split(/[_-]|(?<=\p{Ll})(?=\p{Lu})/u)
        .filter((part) => words.has(part.toLowerCase())).length,
    }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.name < b.name ? -1 : 1))
  return ranked[0]?.name ?? null
}

const missingResult: Way = (step, steps, { reading, rng }) => {
  // The last line may be no step and still have a result.
  const numbers = reading.units.map((unit) => itemNumber(unit, reading) ?? 0)
  const last = numbers.reduce((a, b) => Math.max(a, b), steps.length)
  const number = last + rng.integer(1, 3)
  return [withClause(step, `, based on the result of step ${number}`, `step ${number}`)]
}

const strangers = ['auditor', 'archivist', 'coordinator', 'translator', 'scheduler'] as const

const missingAgent: Way = (step, _, { peers, taskText, rng }) => {
  const known =
    `${peers.map(({ id, role }) => `${id} ${role}`).join(' ')} ${taskText}`.toLowerCase()
  const unknown = strangers.filter((name) => !known.includes(name))
  if (!isNonEmpty(unknown)) return []
  const name = rng.pick(unknown)
  return [withClause(step, `, once the ${name} has approved it`, name)]
}

const circularWait: Way = (step, steps, { rng }) => {
  const others = steps.filter((other) => other !== step)
  if (!isNonEmpty(others)) return []
  const other = rng.pick(others)
  const waitsFor = (one: PlanStep, { number }: PlanStep) =>
    withClause(one, `, after step ${number} is done`, `step ${one.number} after step ${number}`)
  return [waitsFor(step, other), waitsFor(other, step)]
}
