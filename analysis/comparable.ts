import { canonicalJson } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import type { RunFile } from '../core/schemas/run-file.js'
import { trialCallsWords } from '../core/trial-calls.js'
import { plannedName } from './run-cells.js'

type Reason = Readonly<{ message: string; hint: string }>

/** Throws `not-comparable` when a difference between two runs could not be put down to their systems. */
export function checkComparable(a: RunFile, b: RunFile): void {
  const [first] = [otherEvidence, otherWork, nothingShared].flatMap((find) => find(a, b))
  if (first) throw new FiredrillError('not-comparable', first.message, { hint: first.hint })
}

function otherEvidence(a: RunFile, b: RunFile): readonly Reason[] {
  const [left, right] = [a.plan.model.kind, b.plan.model.kind]
  if (left === right) return []
  const isSelfTest = left === 'simulated' || right === 'simulated'
  return [
    {
      message: `Agents of ${a.id} were answered by ${inWords[left]}, those of ${b.id} by ${inWords[right]}.`,
      hint: isSelfTest
        ? 'Simulated and measured runs are never compared: a self-test says nothing about real models.'
        : 'Compare runs whose agents are answered by models of the same kind.',
    },
  ]
}

const inWords = {
  simulated: 'the simulated model',
  provider: 'a model of a provider',
  own: 'models of their own',
} as const satisfies Record<RunFile['plan']['model']['kind'], string>

function otherWork(a: RunFile, b: RunFile): readonly Reason[] {
  return a.plan.scenarios.flatMap(({ id, tasks, tasksHash }) => {
    const twin = b.plan.scenarios.find((one) => one.id === id)
    if (!twin || twin.tasksHash === tasksHash) return []
    const message = `The tasks of ${id} are not the same: ${tasks.length} in ${a.id}, ${twin.tasks.length} in ${b.id}, and their texts or their list differ.`
    return [{ message, hint: 'Run both on the same tasks: the same -t, and the same tasks file.' }]
  })
}

function nothingShared(a: RunFile, b: RunFile): readonly Reason[] {
  const kinds = [
    ['scenario', ({ scenarios }) => scenarios.map(({ id }) => id)],
    ['fault', ({ faults }) => faults.map(plannedName)],
    ['seed', ({ seeds }) => seeds.map(String)],
  ] as const satisfies readonly (readonly [string, (plan: RunFile['plan']) => readonly string[]])[]
  return kinds.flatMap(([kind, of]) => {
    const [left, right] = [of(a.plan), of(b.plan)]
    if (left.some((one) => right.includes(one))) return []
    const message = `The runs have no ${kind} in common: ${a.id} has ${left.join(', ')}; ${b.id} has ${right.join(', ')}.`
    return [{ message, hint: `Repeat one of them with the ${kind}s of the other.` }]
  })
}

/** What differs between two runs besides what is compared, each in a sentence. */
export function otherwiseDifferent(a: RunFile, b: RunFile): readonly string[] {
  const [left, right] = [a.plan, b.plan]
  const set = ({ site }: RunFile['plan']) => site
  return [
    ...(left.model.id !== right.model.id
      ? [`Models differ: ${left.model.id} in ${a.id}, ${right.model.id} in ${b.id}.`]
      : left.model.hash !== right.model.hash
        ? [`${left.model.id} is not the same in both runs: its profile or settings have changed.`]
        : []),
    ...(a.tool.version !== b.tool.version
      ? [`Versions differ: firedrill ${a.tool.version} and ${b.tool.version}.`]
      : []),
    ...(set(left) !== set(right) ? [`Sites differ: ${set(left)} and ${set(right)}.`] : []),
    ...(left.injector?.hash !== right.injector?.hash
      ? [`Injections were written by ${writer(left)} in ${a.id}, by ${writer(right)} in ${b.id}.`]
      : []),
    ...(left.trialCalls !== right.trialCalls
      ? [`Limits of a trial differ: ${callsIn(left)} in ${a.id}, ${callsIn(right)} in ${b.id}.`]
      : []),
    ...changedFaults(left, right),
    ...changedSystems(left, right),
  ]
}

const writer = ({ injector }: RunFile['plan']): string => injector?.id ?? 'programs'

const callsIn = ({ trialCalls }: RunFile['plan']): string =>
  trialCalls === undefined ? 'as many calls as usual' : trialCallsWords(trialCalls)

function changedFaults(a: RunFile['plan'], b: RunFile['plan']): readonly string[] {
  const set = new Map(b.faults.map((one) => [plannedName(one), canonicalJson(one)]))
  const names = a.faults.flatMap((one) => {
    const other = set.get(plannedName(one))
    return other === undefined || other === canonicalJson(one) ? [] : [plannedName(one)]
  })
  return names.length === 0 ? [] : [`Faults that are set otherwise: ${names.join(', ')}.`]
}

function changedSystems(a: RunFile['plan'], b: RunFile['plan']): readonly string[] {
  const code = new Map(b.systems.map(({ id, codeHash }) => [id, codeHash]))
  const changed = a.systems.filter(({ id, codeHash }) => (code.get(id) ?? codeHash) !== codeHash)
  const names = changed.map(({ id }) => id)
  return names.length === 0 ? [] : [`Systems whose code has changed: ${names.join(', ')}.`]
}

/** What is to be known of one run before it is compared. */
export const reservations = ({ id, stopping }: RunFile): readonly string[] =>
  stopping && stopping.length > 0
    ? [`${id} could end early: its rates lean away from the bounds of its gates.`]
    : []
