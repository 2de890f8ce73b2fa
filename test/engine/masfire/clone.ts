import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Tier } from '../../../core/taxonomy.js'

/** The folder in which the package keeps what is known of the study. */
export const known = resolve(import.meta.dirname, '../../../data/masfire')

type Tiers = Readonly<Partial<Record<Tier, 'success' | 'failure'>>>
type PublishedTier = Readonly<{
  triggered: number
  occurrence: number
  local: number
  success: number
}>

/** A published cell. */
export type PublishedCell = Readonly<{
  system: string
  model: string
  fault: string
  tasks: number
  passed: number
  robustness: number
  tagged: number
  tiers: Record<Tier, PublishedTier | null>
  labels: readonly Readonly<{ publishedLabel: string; count: number; passed: number }>[]
  caveats: readonly string[]
}>

const read = (name: string): unknown => JSON.parse(readFileSync(join(known, name), 'utf8'))

/** The published cells and the names of their systems. */
export const published = read('published-cells.json') as Readonly<{
  cells: readonly PublishedCell[]
  systems: readonly Readonly<{ id: string; publishedName: string }>[]
}>
const taxonomy = read('taxonomy.json') as Readonly<{
  faults: readonly Readonly<{
    id: string
    name: string
    behaviours: readonly Readonly<{ publishedLabel: string; tiers: Tiers }>[]
  }>[]
}>

/** The name that the release has for a fault. */
const nameOf = (fault: string): string =>
  taxonomy.faults.find(({ id }) => id === fault)?.name ?? fault

/** The columns of a table of results, as the release has them. */
export const resultHead =
  'Test System,Base Model,Failure Type,Task ID,Agent Behavior Category,Task Result'

const tierWords = {
  mechanism: 'Mechanism',
  rule: 'Logical',
  prompt: 'Prompt',
  reasoning: 'Reasoning',
}
const effectWords = { success: 'Success', failure: 'Failure' }

function tiersText(tiers: Tiers): string {
  const parts = Object.entries(tiers).map(
    ([tier, effect]) => `${tierWords[tier as Tier]}-level FT: ${effectWords[effect]}`,
  )
  return parts.length === 0 ? 'Fault tolerance missing' : parts.join('; ')
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text}"` : text)

/** A table of tiers like that of the release: blanks at the ends of columns and of a fault's name. */
export const tagTable = (): string =>
  [
    'Fault Category ,Agent Behavior ,Fault Tolerance Summary',
    ...taxonomy.faults.flatMap(({ id, name, behaviours }) =>
      behaviours.map(({ publishedLabel, tiers }) => {
        const fault = id === 'message-broadcast-amplification' ? `${name} ` : name
        return [fault, quoted(publishedLabel), tiersText(tiers)].join(',')
      }),
    ),
    '',
  ].join('\n')

/** A new folder with some files, by their names. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-masfire-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const files = { camel: 'camel.csv', metagpt: 'metagpt.csv', 'table-critic': 'tablecritic.csv' }

/** A clone as large as the release, rebuilt from the published counts with tasks of our own and its slips of spelling. */
export function wholeClone(): string {
  const tables = Object.entries(files).map(([system, file]) => {
    const rows = published.cells.filter((cell) => cell.system === system).flatMap(rowsOf)
    return [`data/${file}`, [resultHead, ...rows, ''].join('\n')] as const
  })
  return folderWith({ ...Object.fromEntries(tables), 'data/tag.csv': tagTable() })
}

function rowsOf({ system, model, fault, labels }: PublishedCell): readonly string[] {
  const name = published.systems.find(({ id }) => id === system)?.publishedName
  let task = 0
  return labels.flatMap(({ publishedLabel, count, passed }) =>
    Array.from({ length: count }, (_, at) => {
      const blank = fault === 'message-broadcast-amplification' ? ' ' : ''
      const label = quoted(publishedLabel.replace('GPT-5', 'GPT\u20115'))
      const prefix = system === 'table-critic' && fault === 'role-ambiguity' ? 'test-' : ''
      const result = at < passed ? 'PASS' : 'FAIL'
      return `${name},${model},${nameOf(fault)}${blank},${prefix}${task++},${label},${result}`
    }),
  )
}
