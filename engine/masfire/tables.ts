import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FiredrillError } from '../../core/errors.js'
import { csvRecords } from '../csv.js'
import { plain } from './words.js'

/** Where a row stands, for whoever has to look at it. */
export type Place = Readonly<{ file: string; line: number }>

/** A row of a table: its fields by our names of the columns. */
export type Row<Column extends string> = Readonly<{ at: Place; fields: Record<Column, string> }>

/** The tables of a release, and their content for whoever wants to tell two releases apart. */
export type Tables = Readonly<{
  results: readonly Row<ResultColumn>[]
  tags: readonly Row<TagColumn>[]
  content: string
}>

export type ResultColumn = keyof typeof resultColumns
export type TagColumn = keyof typeof tagColumns

const resultColumns = {
  system: 'Test System',
  model: 'Base Model',
  fault: 'Failure Type',
  task: 'Task ID',
  label: 'Agent Behavior Category',
  result: 'Task Result',
} as const

const tagColumns = {
  fault: 'Fault Category',
  label: 'Agent Behavior',
  tiers: 'Fault Tolerance Summary',
} as const

const resultFiles = ['camel.csv', 'metagpt.csv', 'tablecritic.csv'] as const
const tagFile = 'tag.csv'

/** Folders of a clone that may hold the tables. */
const places = ['data', '.', 'data/data']

/** The error for a release that cannot be read. */
export const unreadable = (message: string): FiredrillError =>
  // A terminal would obey what a table or a file name may hold.
  new FiredrillError('bad-argument', message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?'), {
    hint: 'Give the folder of a clone of https://github.com/wxhhxn/MASFIRE, its tables unchanged.',
  })

/** Where a row stands, as errors say it. */
export const placeOf = ({ file, line }: Place): string => `${file}:${line}`

/** Reads the four tables of a clone; throws `bad-argument` when one is missing or lacks a column. */
export function readTables(folder: string): Tables {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw unreadable(`There is no folder ${folder}.`)
  }
  const found = filesIn(folder)
  const files = resultFiles.map((name) => read(folder, found, name))
  const tags = read(folder, found, tagFile)
  return {
    results: files.flatMap((file) => rowsOf(file, resultColumns)),
    tags: rowsOf(tags, tagColumns),
    content: [...files, tags].map(({ text }) => text).join('\0'),
  }
}

type File = Readonly<{ name: string; text: string }>

/** Names of files as they are to be recognised: case and joints of words are nobody's concern. */
const nameKey = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '')

function filesIn(folder: string): readonly string[] {
  return places.flatMap((place) => {
    const path = join(folder, place)
    if (!existsSync(path)) return []
    const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith('.csv'))
    return names.map((name) => (place === '.' ? name : `${place}/${name}`))
  })
}

function read(folder: string, found: readonly string[], wanted: string): File {
  const name = found.find((path) => nameKey(path.split('/').at(-1) ?? '') === wanted)
  if (name) return { name, text: readFileSync(join(folder, name), 'utf8') }
  const there = found.length === 0 ? 'no table at all' : found.join(', ')
  throw unreadable(`${folder} has no ${wanted}; it has ${there}.`)
}

function rowsOf<Column extends string>(
  { name, text }: File,
  columns: Readonly<Record<Column, string>>,
): readonly Row<Column>[] {
  const records = csvRecords(text)
  if ('brokenAt' in records) {
    throw unreadable(`${name}:${records.brokenAt} is not CSV: a quote is out of place.`)
  }
  const [head, ...rest] = records
  const header = (head?.cells ?? []).map(plain)
  const places = Object.entries<string>(columns).map(([column, title]) => {
    const at = header.findIndex((cell) => nameKey(cell) === nameKey(title))
    if (at >= 0) return [column, at] as const
    const there = header.length === 0 ? 'no column at all' : header.join(', ')
    throw unreadable(`${name} has no column "${title}"; it has ${there}.`)
  })
  return rest.map(({ line, cells }) => ({
    at: { file: name, line },
    fields: Object.fromEntries(
      places.map(([column, at]) => [column, plain(cells[at] ?? '')]),
    ) as Record<Column, string>,
  }))
}
