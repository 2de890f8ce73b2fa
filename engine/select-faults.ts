import { FiredrillError } from '../core/errors.js'
import { defaultsOf } from '../core/example.js'
import { type Fault, type Trigger, triggers } from '../core/fault.js'
import type { PlannedFault } from '../core/schemas/run-file.js'
import { categories, scopeOfCategory, scopes } from '../core/taxonomy.js'
import type { FaultsOfTrial } from './plan.js'
import { selectByName, unknownName } from './select.js'

/**
 * The faults that the words choose: ids, abbreviations, categories, scopes, globs, `!x` to leave out,
 * `id:parameter=value,parameter=value` to set parameters, and `a+b` for several faults in one trial.
 */
export function selectFaults(
  catalogue: readonly Fault[],
  words: readonly string[],
): readonly FaultsOfTrial[] {
  const combined = words.filter((word) => word.includes('+'))
  const single = words.filter((word) => !word.includes('+'))
  const chosen = single.length > 0 || combined.length === 0 ? selectSingle(catalogue, single) : []
  return [...chosen, ...combined.map((word) => together(catalogue, word))]
}

type Setting = Readonly<{ parameters: Readonly<Record<string, number>>; trigger?: Trigger }>

function selectSingle(
  catalogue: readonly Fault[],
  words: readonly string[],
): readonly FaultsOfTrial[] {
  const settings = words.filter((word) => word.includes(':'))
  const plainWords = words.map((word) => word.split(':')[0] ?? '')
  const chosen = selectByName('fault', catalogue, plainWords, ({ abbreviation, category }) => [
    abbreviation,
    category,
    scopeOfCategory[category],
  ])
  if (chosen.length === 0) {
    throw new FiredrillError('bad-argument', `"${words.join(' ')}" leaves no fault.`, {
      hint: `Choose among ${scopes.join(', ')}, ${categories.join(', ')} or single ids.`,
    })
  }
  const settingOf = new Map(settings.map((word) => settingIn(catalogue, word)))
  return chosen.map((fault) => ({ fault, planned: plannedWith(fault, settingOf.get(fault)) }))
}

/** Several faults in one trial, in the order in which they were named. */
function together(catalogue: readonly Fault[], word: string): FaultsOfTrial {
  const parts = word.split('+').map((part) => {
    const [fault, setting] = settingIn(catalogue, part)
    return { fault, planned: plannedWith(fault, setting) }
  })
  const [first, ...also] = parts
  const twice = parts.find(({ fault }, at) => parts.findIndex((one) => one.fault === fault) < at)
  if (!first || twice) {
    throw new FiredrillError('bad-argument', `"${word}" names ${twice?.fault.id} twice.`, {
      hint: 'Set a fault once in a trial; how strong it is and when it fires are parameters.',
    })
  }
  return { ...first, also }
}

const plannedWith = (fault: Fault, setting?: Setting): PlannedFault => ({
  id: fault.id,
  parameters: { ...defaultsOf(fault), ...setting?.parameters },
  trigger: setting?.trigger ?? fault.trigger ?? 'once',
})

/** One fault with its setting, as `id` or `id:parameter=value,…`. */
function settingIn(catalogue: readonly Fault[], word: string): [Fault, Setting] {
  const [name = '', text = ''] = word.split(/:(.*)/s)
  const [fault, ...more] = selectByName('fault', catalogue, [name], ({ abbreviation }) => [
    abbreviation,
  ])
  if (!fault || more.length > 0) {
    throw new FiredrillError('bad-argument', `"${word}" sets parameters of several faults.`, {
      hint: 'Name one fault: ID:parameter=value.',
    })
  }
  const parts = word.includes(':') ? text.split(',').map((part) => part.trim()) : []
  const trigger = parts.filter((part) => part.startsWith('trigger=')).at(-1)
  const parameters = parts.filter((part) => !part.startsWith('trigger='))
  return [
    fault,
    {
      parameters: Object.fromEntries(parameters.map((part) => parsedParameter(fault, part))),
      ...(trigger ? { trigger: parsedTrigger(fault, trigger.slice('trigger='.length)) } : {}),
    },
  ]
}

function parsedTrigger({ id, trigger = 'once' }: Fault, text: string): Trigger {
  const found = triggers.find((one) => one === text)
  if (found) return found
  throw new FiredrillError('bad-argument', `${id}:trigger cannot be "${text}".`, {
    hint: `It is ${triggers.join(', ')}; the default is ${trigger}.`,
  })
}

function parsedParameter({ id, parameters = {} }: Fault, text: string): [string, number] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim())
  const parameter = parameters[name]
  if (!parameter) {
    const names = Object.keys(parameters)
    if (names.length > 0) throw unknownName(`parameter of ${id}`, name, [...names, 'trigger'])
    throw new FiredrillError('bad-argument', `${id} has no parameters, but got "${text}".`, {
      hint: `Leave ":${text}" away; only trigger=${triggers.join('|')} can be set.`,
    })
  }
  const number = Number(value)
  const { min, max, integer } = parameter
  if (value === '' || !(number >= min && number <= max) || (integer && !Number.isInteger(number))) {
    throw new FiredrillError('bad-argument', `${id}:${name} cannot be "${value}".`, {
      hint: `It is a ${integer ? 'whole ' : ''}number from ${min} to ${max}; the default is ${parameter.default}.`,
    })
  }
  return [name, number]
}
