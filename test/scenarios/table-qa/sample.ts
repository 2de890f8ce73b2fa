import type { Table } from '../../../scenarios/table-qa/tables.js'

/** A small table with a tie, a decimal, a negative number and a category. */
export const sample: Table = {
  name: 'sample',
  key: 'Nation',
  columns: [
    { name: 'Nation', kind: 'text' },
    { name: 'Continent', kind: 'text' },
    { name: 'Gold', kind: 'number' },
    { name: 'Change', kind: 'number' },
  ],
  rows: [
    ['Italy', 'Europe', '12', '0.1'],
    ['Japan', 'Asia', '1,012', '0.2'],
    ['Spain', 'Europe', '7', '−3'],
    ['Kenya', 'Asia', '7', '4'],
  ],
}
