/** One thing that the shop sells. */
export type Item = Readonly<{ number: string; name: string; price: number; pieces: number }>

/** Everything that the shop sells; prices in euros. */
export const goods: readonly Item[] = [
  { number: 'A17', name: 'lamps', price: 40, pieces: 260 },
  { number: 'B03', name: 'chairs', price: 75, pieces: 118 },
  { number: 'B21', name: 'tables', price: 180, pieces: 34 },
  { number: 'C08', name: 'mirrors', price: 62.5, pieces: 57 },
  { number: 'C40', name: 'clocks', price: 25.5, pieces: 143 },
  { number: 'D11', name: 'rugs', price: 119, pieces: 46 },
]
