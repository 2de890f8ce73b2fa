/** A product as a line of results shows it. What a damaged line does not say is null. */
export type Item = Readonly<{ id: string; title: string | null; price: number | null }>

/** A value of an option, by the option's name. */
export type Chosen = Readonly<Record<string, string>>

/** What was bought, as the shop confirms it. */
export type Receipt = Readonly<{ id: string | null; line: string }>

type Shown =
  | Readonly<{ kind: 'results'; query: string | null; items: readonly Item[] }>
  | Readonly<{
      kind: 'product'
      id: string | null
      price: number | null
      options: Readonly<Record<string, readonly string[]>>
      chosen: Chosen
    }>
  | Readonly<{ kind: 'attributes'; id: string; attributes: readonly string[] }>
  | Readonly<{ kind: 'bought'; receipt: Receipt }>
  | Readonly<{ kind: 'nothing'; query: string }>
  | Readonly<{ kind: 'start' | 'complete' | 'limit' | 'wrong-button' | 'refused' | 'unread' }>

/** What a tool returned. `buttons` are those that it names, `torn` the lines of which nothing can be made. */
export type Page = Shown &
  Readonly<{ buttons: readonly string[]; torn: readonly string[]; receipt?: Receipt }>

/** Reads the text of a tool result; what no form matches is `unread`. */
export function readPage(text: string): Page {
  const bare = text.trim()
  for (const read of sentences) {
    const page = read(bare)
    if (page) return page
  }
  return readLines(bare.split('\n').map((line) => line.trim()))
}

const plain = (shown: Shown, buttons: readonly string[] = []): Page => ({
  ...shown,
  buttons,
  torn: [],
})

const sentences: readonly ((text: string) => Page | null)[] = [
  (text) => {
    const [, line = '', id = null] = /^Bought\.\s*((\S*\d\S*)?[^\n]*)/.exec(text) ?? []
    if (!text.startsWith('Bought')) return null
    const receipt = { id, line }
    return { ...plain({ kind: 'bought', receipt }), receipt }
  },
  (text) => {
    const query = /^No products match "(.*)"\.?$/.exec(text)?.[1]
    return query === undefined ? null : plain({ kind: 'nothing', query })
  },
  (text) => {
    const shown = /^You can only click a button [^:.]*(?::([^\n]*))?/.exec(text)
    if (!shown) return null
    const buttons = (shown[1] ?? '').replace(/\.\s*$/, '').split(',')
    return plain(
      { kind: 'wrong-button' },
      buttons.map((button) => button.trim()).filter((button) => button !== ''),
    )
  },
  (text) => {
    // Something was bought, though this does not say what.
    const receipt = { id: null, line: '' }
    return /^The purchase is complete\b/.test(text)
      ? { ...plain({ kind: 'complete' }), receipt }
      : null
  },
  (text) => (/^The limit of \d+ /.test(text) ? plain({ kind: 'limit' }) : null),
  (text) => (/^Start page\b/.test(text) ? plain({ kind: 'start' }) : null),
  (text) =>
    /^(?:Error\b|Invalid arguments\b|There is no tool\b|You can only buy\b)/.test(text)
      ? plain({ kind: 'refused' })
      : null,
]

const buttonLine = /^(?:\[[^\]]*\]\s*)+$/
const itemLine = /^\[(\S+)\]\s*(.*?)\s*(?:\|\s*\$?([\d.,]*)\s*)?$/
const headLine = /^Results for\b(?: "(.*)")?/
const titleLine = /^(.*?)\s*\[(\S+)\]$/
const priceLine = /^Price:\s*\$?([\d.,]*)$/
const chosenLine = /^Chosen:\s*(.*)$/
const optionLine = /^([a-z]+):\s*((?:\[[^\]]*\]\s*)+)$/i
// An id is a word with a number in it: prose that says what something is says nothing of a product.
const attributeSentence = /(\S*\d\S*) is (not )?([^\s.]+(?: [^\s.]+){0,2})\./g

type Lines = readonly string[]

const matches = (lines: Lines, form: RegExp) =>
  lines.flatMap((line) => {
    const match = form.exec(line)
    return match ? [match] : []
  })

function readLines(all: Lines): Page {
  const lines = all.filter((line) => line !== '')
  const bars = lines.filter((line) => buttonLine.test(line))
  const buttons = bars.flatMap(inBrackets)
  const others = lines.filter((line) => !bars.includes(line))
  for (const read of [asProduct, asResults, asAttributes]) {
    const page = read(others, buttons)
    if (page) return page
  }
  return { kind: 'unread', buttons, torn: torn(others, []) }
}

const torn = (lines: Lines, known: readonly RegExp[]): readonly string[] =>
  lines.filter((line) => !known.some((form) => form.test(line))).map((line) => line.slice(0, 200))

const inBrackets = (line: string): readonly string[] =>
  [...line.matchAll(/\[([^\]]*)\]/g)].map(([, word = '']) => word)

const priceIn = (text: string | undefined): number | null => {
  const price = Number((text ?? '').replaceAll(',', ''))
  return text && Number.isFinite(price) ? price : null
}

function asProduct(lines: Lines, buttons: readonly string[]): Page | null {
  const [price] = matches(lines, priceLine)
  const [chosen] = matches(lines, chosenLine)
  const options = matches(lines, optionLine)
  if (!price && !chosen && options.length === 0) return null
  const titles = lines.filter((line) => !optionLine.test(line))
  return {
    kind: 'product',
    id: matches(titles, titleLine)[0]?.[2] ?? null,
    price: priceIn(price?.[1]),
    options: Object.fromEntries(
      options.map(([, name = '', values = '']) => [name.toLowerCase(), inBrackets(values)]),
    ),
    chosen: chosenIn(chosen?.[1] ?? ''),
    buttons,
    torn: torn(lines, [priceLine, chosenLine, optionLine, titleLine]),
  }
}

const chosenIn = (words: string): Chosen =>
  Object.fromEntries(
    words.split(',').flatMap((one) => {
      const [, name = '', value] = /^\s*([a-z]+) (\S.*?)\s*$/i.exec(one) ?? []
      return value === undefined ? [] : [[name.toLowerCase(), value]]
    }),
  )

function asResults(lines: Lines, buttons: readonly string[]): Page | null {
  const [head] = matches(lines, headLine)
  const items = matches(lines, itemLine).map(
    ([, id = '', title = '', price]): Item => ({ id, title: title || null, price: priceIn(price) }),
  )
  if (!head && items.length === 0) return null
  return {
    kind: 'results',
    query: head?.[1] ?? null,
    items,
    buttons,
    torn: torn(lines, [headLine, itemLine]),
  }
}

function asAttributes(lines: Lines, buttons: readonly string[]): Page | null {
  const found = lines.flatMap((line) => [...line.matchAll(attributeSentence)])
  const [first] = found
  if (!first) return null
  const left = lines.map((line) => line.replace(attributeSentence, '').trim()).filter(Boolean)
  return {
    kind: 'attributes',
    id: first[1] ?? '',
    attributes: found.map(([, , not = '', attribute = '']) => `${not}${attribute}`),
    buttons,
    torn: torn(left, []),
  }
}
