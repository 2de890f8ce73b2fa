import { groupBy } from '../../core/lists.js'
import { columns, pad } from './layout.js'

/** A column of a table whose rows are all of one kind. */
export type Column<Item> = Readonly<{
  title: string
  align: 'left' | 'right'
  text: (item: Item) => string
}>

/** Columns that a table always has, and those that a narrow terminal does without: the last of them go first. */
export type Choice<Item> = Readonly<{
  always: readonly Column<Item>[]
  optional: readonly Column<Item>[]
}>

/** What columns of no room say, under their titles: `damage  10 [-2, 23] H · …`. */
export type InWords = readonly (readonly [title: string, text: string])[]

/** The columns of which some row says anything. */
export const saying = <Item>(
  { always, optional }: Choice<Item>,
  items: readonly Item[],
): Choice<Item> => ({
  always,
  optional: optional.filter(({ text }) => items.some((item) => text(item) !== '')),
})

/** All columns if there is room for them, otherwise fewer. */
export function fitting<Item>(
  { always, optional }: Choice<Item>,
  items: readonly Item[],
  room: number,
): readonly Column<Item>[] {
  const all = [...always, ...optional]
  for (let dropped = 0; dropped < optional.length; dropped++) {
    const some = all.slice(0, all.length - dropped)
    if (widthOf(some, items) <= room) return some
  }
  return always
}

/** How many columns of a terminal some columns take, with the space before each. */
export const widthOf = <Item>(shown: readonly Column<Item>[], items: readonly Item[]): number =>
  shown.reduce((sum, column) => sum + 2 + widthIn(column, items), 0)

const widthIn = <Item>({ title, text }: Column<Item>, items: readonly Item[]) =>
  Math.max(columns(title), ...items.map((item) => columns(text(item))))

/** The titles of columns, each in its place. */
export const titlesOf = <Item>(shown: readonly Column<Item>[], items: readonly Item[]): string =>
  shown.map((column) => `  ${pad(column.title, widthIn(column, items), column.align)}`).join('')

/** The texts of one row, each in its place. */
export const textsOf = <Item>(
  item: Item,
  shown: readonly Column<Item>[],
  items: readonly Item[],
): string =>
  shown
    .map((column) => `  ${pad(column.text(item), widthIn(column, items), column.align)}`)
    .join('')

/** What the columns say that are not shown, rows that say the same together. */
export function inWords<Item>(
  { optional }: Choice<Item>,
  shown: readonly Column<Item>[],
  { items, nameOf }: Readonly<{ items: readonly Item[]; nameOf: (item: Item) => string }>,
): InWords {
  return optional
    .filter((column) => !shown.includes(column))
    .flatMap(({ title, text }): InWords => {
      const groups = [...groupBy(items, (item) => text(item).trim())].filter(
        ([said]) => said !== '' && said !== '-',
      )
      const texts = groups.map(([said, some]) => `${said} ${some.map(nameOf).join(', ')}`)
      return texts.length === 0 ? [] : [[title, texts.join(' · ')]]
    })
}
