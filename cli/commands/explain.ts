import chalk from 'chalk'
import { exampleTexts, firingOf } from '../../core/example.js'
import type { Fault } from '../../core/fault.js'
import { scopeOfCategory } from '../../core/taxonomy.js'
import { selectByName } from '../../engine/select.js'
import type { Setting } from '../config.js'
import { type Display, print, printJson } from '../console.js'
import { catalogueOf, isOwn } from '../faults.js'
import type { Given } from '../options.js'
import { labelled, wrapped } from '../rows.js'

const placesOf: Readonly<Record<Fault['injector'], string>> = {
  prompt: 'what an agent is given to read',
  response: 'what an agent hands to another one, and tool results',
  routing: 'deliveries from agent to agent',
}

/** Teaches one fault: what it does, before and after, and what may be seen then. */
export function explain(given: Given, display: Display, { found }: Setting): void {
  const catalogue = catalogueOf(found)
  const chosen = selectByName('fault', catalogue, [String(given['fault'])], (fault) => [
    fault.abbreviation,
  ])
  if (given['json']) {
    printJson(chosen.map((fault) => ({ ...factsOf(fault), ...exampleTexts(fault) })))
    return
  }
  print(chosen.map((fault) => page(fault, display, found?.name)).join('\n\n'))
}

const factsOf = (fault: Fault) => {
  const { id, abbreviation, category, injector, summary, trigger = 'once' } = fault
  return {
    ...{ id, abbreviation, scope: scopeOfCategory[category], category, injector },
    ...{ origin: isOwn(fault) ? 'yours' : 'firedrill', summary },
    ...{ trigger, parameters: fault.parameters ?? {}, behaviours: fault.behaviours },
  }
}

function page(fault: Fault, display: Display, config = ''): string {
  const { id, abbreviation, category, injector, summary, parameters = {}, behaviours } = fault
  const { before, after } = exampleTexts(fault)
  const parameterTexts = Object.entries(parameters).map(
    ([name, { default: value, min, max, summary: text }]) =>
      `${name} = ${value} (${min} to ${max}): ${text}`,
  )
  const seen = behaviours.map(({ id: behaviour, summary: text, tiers }) => {
    const speaks = Object.entries(tiers).map(([tier, effect]) => `${tier} ${effect}`)
    const told = wrapped(text, display.width - 15).map((line) => `${' '.repeat(15)}${line}`)
    return { head: `${behaviour} (${speaks.join(', ') || 'no tier'})`, told }
  })
  return [
    `${chalk.bold(`${abbreviation}  ${id}`)}  ${scopeOfCategory[category]}, ${category}, ${injector} injector${isOwn(fault) ? `; yours, from ${config}` : ''}`,
    ...wrapped(summary, display.width - 1).map((line) => ` ${line}`),
    '',
    labelled('acts on', `${fault.actsOn ?? placesOf[injector]}; fires ${firingOf(fault)}`, display),
    ...parameterTexts.map((text, at) => labelled(at === 0 ? 'parameters' : '', text, display)),
    '',
    ...quoted('before', before, display),
    ...quoted('after', after, display),
    '',
    ...seen.flatMap(({ head, told }, at) => [
      labelled(at === 0 ? 'may show' : '', head, display),
      ...told.map((line) => chalk.dim(line)),
    ]),
    '',
    ` Try it   firedrill run -f ${id}`,
  ].join('\n')
}

const quoted = (label: string, text: string, display: Display): readonly string[] =>
  text.split('\n').map((line, at) => labelled(at === 0 ? label : '', line, display))
