import chalk from 'chalk'
import { exampleTexts, firingOf } from '../../core/example.js'
import type { Fault } from '../../core/fault.js'
import { scopeOfCategory } from '../../core/taxonomy.js'
import { selectByName } from '../../engine/select.js'
import { faults } from '../../faults/catalogue.js'
import { type Display, print, printJson } from '../console.js'
import type { Given } from '../options.js'
import { labelled } from '../rows.js'

const placesOf: Readonly<Record<Fault['injector'], string>> = {
  prompt: 'what an agent is given to read',
  response: 'what an agent hands to another one, and tool results',
  routing: 'deliveries from agent to agent',
}

/** Teaches one fault: what it does, before and after, and what may be seen then. */
export function explain(given: Given, display: Display): void {
  const chosen = selectByName('fault', faults, [String(given['fault'])], (fault) => [
    fault.abbreviation,
  ])
  if (given['json']) {
    printJson(chosen.map((fault) => ({ ...factsOf(fault), ...exampleTexts(fault) })))
    return
  }
  print(chosen.map((fault) => page(fault, display)).join('\n\n'))
}

const factsOf = ({
  id,
  abbreviation,
  category,
  injector,
  summary,
  trigger = 'once',
  parameters,
  behaviours,
}: Fault) => ({
  ...{ id, abbreviation, scope: scopeOfCategory[category], category, injector, summary },
  ...{ trigger, parameters: parameters ?? {}, behaviours },
})

function page(fault: Fault, display: Display): string {
  const { id, abbreviation, category, injector, summary, parameters = {}, behaviours } = fault
  const { before, after } = exampleTexts(fault)
  const parameterTexts = Object.entries(parameters).map(
    ([name, { default: value, min, max, summary: text }]) =>
      `${name} = ${value} (${min} to ${max}): ${text}`,
  )
  const seen = behaviours.map(({ id: behaviour, tiers }) => {
    const speaks = Object.entries(tiers).map(([tier, effect]) => `${tier} ${effect}`)
    return `${behaviour}${speaks.length > 0 ? ` (${speaks.join(', ')})` : ''}`
  })
  return [
    `${chalk.bold(`${abbreviation}  ${id}`)}  ${scopeOfCategory[category]}, ${category}, ${injector} injector`,
    labelled('', summary, display).replace(/^\s+/, ' '),
    '',
    labelled('acts on', `${placesOf[injector]}; fires ${firingOf(fault)}`, display),
    ...parameterTexts.map((text, at) => labelled(at === 0 ? 'parameters' : '', text, display)),
    '',
    ...quoted('before', before, display),
    ...quoted('after', after, display),
    '',
    ...seen.map((text, at) => labelled(at === 0 ? 'may show' : '', text, display)),
    '',
    ` Try it   firedrill run -f ${id}`,
  ].join('\n')
}

const quoted = (label: string, text: string, display: Display): readonly string[] =>
  text.split('\n').map((line, at) => labelled(at === 0 ? label : '', line, display))
