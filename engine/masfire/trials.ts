import { closest } from '../../core/closest.js'
import type { Labels, Meaning } from './labels.js'
import type { Published, PublishedFault } from './published.js'
import { type Place, placeOf, type ResultColumn, type Row, unreadable } from './tables.js'
import { idOf, keyOf, taskOf } from './words.js'

/** A published trial in our words. */
export type PublishedTrial = Readonly<{
  system: string
  model: string
  scenario: string
  fault: PublishedFault
  task: string
  label: string
  meaning: Meaning
  passed: boolean
}>

type Named = Readonly<{ published: Published; labels: Labels }>

/** Understands the rows of a release; throws `bad-argument` with file and line when one cannot be, or comes twice. */
export function trialsOf(
  rows: readonly Row<ResultColumn>[],
  named: Named,
): readonly PublishedTrial[] {
  const seen = new Map<string, Place>()
  return rows.map(({ at, fields }) => {
    const trial = trialOf(at, fields, named)
    const { system, fault, task } = trial
    const key = [system, fault.id, task].join('\u0000')
    const first = seen.get(key)
    if (first) {
      throw unreadable(
        `${placeOf(at)} repeats ${placeOf(first)}: ${system}, ${fault.id}, task ${task}.`,
      )
    }
    seen.set(key, at)
    return trial
  })
}

function trialOf(
  at: Place,
  fields: Readonly<Record<ResultColumn, string>>,
  { published, labels }: Named,
): PublishedTrial {
  const system = named(at, 'system', fields.system, published.systems, 'publishedName')
  const fault = named(at, 'fault', fields.fault, published.faults, 'name')
  const [model, task] = [idOf(fields.model), taskOf(fields.task)]
  if (model === '') throw unreadable(`${placeOf(at)} names no model.`)
  if (task === '') throw unreadable(`${placeOf(at)} names no task.`)
  return {
    system: `${system.id}-${model}`,
    ...{ model, scenario: system.scenario, fault, task, label: fields.label },
    meaning: labels.meaningOf(fault.id, fields.label),
    passed: isPassed(at, fields.result),
  }
}

/** The entry of a list that a field names. */
function named<Key extends string, Entry extends Readonly<Record<Key, string>>>(
  at: Place,
  what: string,
  name: string,
  entries: readonly Entry[],
  key: Key,
): Entry {
  const found = entries.find((entry) => keyOf(entry[key]) === keyOf(name))
  if (found) return found
  const names = [...new Set(entries.map((entry) => entry[key]))]
  const meant = closest(name, names)
  throw unreadable(
    `${placeOf(at)}: "${name}" is no ${what} of the study${meant ? `; ${meant} is` : ''}.`,
  )
}

function isPassed(at: Place, result: string): boolean {
  if (/^pass$/i.test(result)) return true
  if (/^fail$/i.test(result)) return false
  throw unreadable(`${placeOf(at)}: "${result}" is no result; PASS and FAIL are.`)
}
