import { type OfferedTool, type Property, wordsIn } from './offered-tools.js'

/** Something that an agent wants a tool to do: said as a sentence, with the values that go with it. */
export type Wish = Readonly<{ sentence: string; values: readonly WishValue[] }>

/** One value of a wish and the part it plays. */
type WishValue = Readonly<{ part: Part; value: string | number }>

/** What a value is to a tool: for tables up to "to", then for trips, then for shops. */
type Part = keyof typeof partWords

/** A call that an agent wants to make. */
export type WantedCall = Readonly<{ name: string; args: Readonly<Record<string, string | number>> }>

// What a part may be called in somebody else's schema.
const partWords = {
  column: wordsIn('column header field attribute'),
  comparison: wordsIn('comparison compare operator relation condition'),
  value: wordsIn('value cell text wanted against'),
  order: wordsIn('order direction'),
  limit: wordsIn('limit many count maximum top size rows'),
  from: ['from', ...wordsIn('first start begin')],
  to: ['to', ...wordsIn('last end until')],
  origin: ['from', ...wordsIn('origin departure source')],
  destination: ['to', ...wordsIn('destination arrival target')],
  date: wordsIn('date day when'),
  city: wordsIn('city town place location'),
  nights: wordsIn('nights stay duration length'),
  flight: wordsIn('flight connection'),
  hotel: wordsIn('hotel house'),
  passengers: wordsIn('passengers travellers people persons seats'),
  booking: wordsIn('booking reservation'),
  query: wordsIn('query search words keywords text'),
  target: wordsIn('target button link element'),
} as const satisfies Readonly<Record<string, readonly string[]>>

// Ways in which schemas say what we call an order.
const orderWords: Readonly<Record<string, readonly string[]>> = {
  'high to low': ['descending', 'desc', 'decreasing'],
  'low to high': ['ascending', 'asc', 'increasing'],
}

/** The call that grants a wish best, told by words alone; null when no tool shares a word or can be filled. */
export function chooseCall(wish: Wish, tools: readonly OfferedTool[]): WantedCall | null {
  const asked = wordsIn(wish.sentence.replace(/"[^"]*"/g, ' '))
  const rarity = (word: string) =>
    1 / tools.filter(({ nameWords, words }) => [...nameWords, ...words].includes(word)).length
  const ranked = tools
    .map((tool) => {
      const weights = asked.map((word) => {
        if (tool.nameWords.includes(word)) return 3 * rarity(word)
        return tool.words.includes(word) ? rarity(word) : 0
      })
      return { tool, score: weights.reduce((sum, weight) => sum + weight, 0) }
    })
    .filter(({ score }) => score > 0)
  // Equal scores are settled by name, so that the order in which tools are offered means nothing.
  ranked.sort((a, b) => b.score - a.score || (a.tool.name < b.tool.name ? -1 : 1))
  for (const { tool } of ranked) {
    const args = fill(tool, wish.values)
    if (args) return { name: tool.name, args }
  }
  return null
}

/** Whether a call that stands in the history is the one that was wanted. */
export function isCall(
  call: Readonly<{ name: string; args: Readonly<Record<string, unknown>> }>,
  wanted: WantedCall,
): boolean {
  const names = Object.keys(wanted.args)
  const equal = (name: string) => String(call.args?.[name]) === String(wanted.args[name])
  return (
    call.name === wanted.name &&
    Object.keys(call.args ?? {}).length === names.length &&
    names.every(equal)
  )
}

/** Values for all required properties, best match first; null when one of them cannot be filled. */
function fill({ required }: OfferedTool, values: readonly WishValue[]): WantedCall['args'] | null {
  const matches = required.flatMap((property, place) =>
    values.flatMap((given, mention) => {
      const value = fitting(property, given)
      if (value === null) return []
      return [{ property, given, value, score: affinity(property, given), away: place + mention }]
    }),
  )
  matches.sort((a, b) => b.score - a.score || a.away - b.away)
  const args = new Map<string, string | number>()
  const used = new Set<WishValue>()
  for (const { property, given, value } of matches) {
    if (args.has(property.name) || used.has(given)) continue
    args.set(property.name, value)
    used.add(given)
  }
  const inOrder = required.flatMap(({ name }) => {
    const value = args.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return inOrder.length === required.length ? Object.fromEntries(inOrder) : null
}

/** The value as the property takes it; null when it cannot hold it. */
function fitting(property: Property, { part, value }: WishValue): string | number | null {
  const { takes, choices, least, most } = property
  if (choices.length > 0) return typeof value === 'string' ? chosen(choices, part, value) : null
  if (takes === 'number')
    return typeof value === 'number' ? Math.min(most, Math.max(least, value)) : null
  const isWord = part !== 'comparison' && part !== 'order' && typeof value === 'string'
  return takes === 'text' && isWord ? value : null
}

function chosen(choices: readonly string[], part: Part, value: string): string | null {
  if (part !== 'comparison' && part !== 'order') return null
  const bare = (text: string) => text.toLowerCase().replace(/[_-]+/g, ' ').trim()
  const names = [value, ...(orderWords[value] ?? [])]
  return choices.find((choice) => names.includes(bare(choice))) ?? null
}

function affinity({ nameWords, words, name }: Property, { part }: WishValue): number {
  const ways: readonly string[] = partWords[part]
  const shared = (own: readonly string[]) => own.filter((word) => ways.includes(word)).length
  // "from" and "to" carry no meaning elsewhere, so they are no words there, but here they are the whole name.
  return 3 * shared([...nameWords, name]) + shared(words)
}
