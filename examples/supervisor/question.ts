/** Something that only the stock clerk can look up. `name` is the item as the customer calls it. */
export type Need = Readonly<{ fact: 'price' | 'stock'; name: string }>

/** One sum with two numbers. */
export type Sum = Readonly<{
  tool: 'multiply' | 'add' | 'subtract' | 'discount'
  a: number
  b: number
}>

/** A sum whose numbers are what was looked up and what the sums before it gave. */
type Step = (found: readonly number[], results: readonly number[]) => Sum

/** A customer's question, understood: what to look up, what to reckon, and how the last result is called. */
export type Question = Readonly<{
  needs: readonly Need[]
  steps: readonly Step[]
  says: (result: number) => string
  /** Finds the result where a colleague stated it. */
  stated: RegExp
}>

/** A number in plain digits, as a piece of a pattern. */
export const digits = String.raw`(-?\d+(?:\.\d+)?)`

const at = (numbers: readonly number[], index: number) => numbers.at(index) ?? Number.NaN
const inEuros = {
  says: (result: number) => `The total is ${result} euros.`,
  stated: new RegExp(`total is ${digits} euros`, 'gi'),
}
const inPieces = {
  says: (result: number) => `The rest is ${result} pieces.`,
  stated: new RegExp(`rest is ${digits} pieces`, 'gi'),
}

/** The number in front of some words of a text; null when there is none. */
function before(words: string, text: string): number | null {
  const match = new RegExp(`${digits} ${words}`, 'i').exec(text)
  return match ? Number(match[1]) : null
}

/** Every "12 lamps" of an order; null when a part of it is something else. */
function orderLines(text: string) {
  const [, order] = /order of (.+?)(?: with |[:?.]|$)/i.exec(text) ?? []
  const lines = order?.split(' and ').map((part) => /^(\d+) ([a-z]+)$/i.exec(part.trim()))
  if (!lines?.every((line) => line !== null)) return null
  return lines.map(([, count, name]) => ({ count: Number(count), name: String(name) }))
}

/** What an order costs: all its lines together, less the discount, plus the delivery. */
function orderTotal(text: string): Question | null {
  const lines = orderLines(text)
  if (!lines) return null
  const percent = before('percent discount', text)
  const delivery = before('euros for delivery', text)
  const costs: Step[] = lines.map(({ count }, line) => (found) => ({
    tool: 'multiply',
    a: count,
    b: at(found, line),
  }))
  // The results so far are one cost per line, then the running sum.
  const sums: Step[] = lines.slice(1).map((_, line) => (_found, results) => ({
    tool: 'add',
    a: at(results, line === 0 ? 0 : -1),
    b: at(results, line + 1),
  }))
  const less: Step = (_, results) => ({ tool: 'discount', a: at(results, -1), b: percent ?? 0 })
  const plus: Step = (_, results) => ({ tool: 'add', a: at(results, -1), b: delivery ?? 0 })
  return {
    needs: lines.map(({ name }) => ({ fact: 'price', name })),
    steps: [
      ...costs,
      ...sums,
      ...(percent === null ? [] : [less]),
      ...(delivery === null ? [] : [plus]),
    ],
    ...inEuros,
  }
}

/** What all pieces of an item together would bring. */
function stockWorth(text: string): Question | null {
  const [, name] = /what are all ([a-z]+) in stock worth/i.exec(text) ?? []
  if (!name) return null
  return {
    needs: [
      { fact: 'stock', name },
      { fact: 'price', name },
    ],
    steps: [
      ([pieces = Number.NaN, price = Number.NaN]) => ({ tool: 'multiply', a: pieces, b: price }),
    ],
    ...inEuros,
  }
}

/** How many pieces are left after an order. */
function stockLeft(text: string): Question | null {
  if (!/how many [a-z]+ are left/i.test(text)) return null
  const [line] = orderLines(text) ?? []
  if (!line) return null
  return {
    needs: [{ fact: 'stock', name: line.name }],
    steps: [([pieces = Number.NaN]) => ({ tool: 'subtract', a: pieces, b: line.count })],
    ...inPieces,
  }
}

/** Understands what a customer wrote; null when it is none of the questions that the desk answers. */
export function readQuestion(text: string): Question | null {
  if (/how many/i.test(text)) return stockLeft(text)
  return stockWorth(text) ?? orderTotal(text)
}
