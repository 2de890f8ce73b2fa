import { meantBy, patternOf, patternWithQuotes, wordFor } from './slot-kinds.js'

/** What a sentence says, by the name of the slot. An empty text is a hole: the place is there, the value is not. */
export type Slots = Readonly<Record<string, string>>

/** One form of a sentence, written as text with slots: `Sort rows by {column:quoted} from {order:order}.` */
export type SentenceForm = Readonly<{
  /** What the sentence says when it has this form in full. */
  read: (sentence: string) => Slots | null
  /** The same for a sentence from which values were lost; these become holes. */
  readTorn: (sentence: string) => Slots | null
  write: (slots: Slots) => string
}>

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Turns the text of a form into its reader and its writer, so that both can never differ. */
export function sentenceForm(text: string): SentenceForm {
  const parts = text.split(/(\{\w+:\w+\})/).filter((part) => part !== '')
  const slots = parts.flatMap((part) => {
    const [, name = '', kind = ''] = /^\{(\w+):(\w+)\}$/.exec(part) ?? []
    return name ? [{ part, name, kind }] : []
  })
  const body = parts.map((part) => {
    const slot = slots.find((other) => other.part === part)
    return slot ? `(${patternWithQuotes(slot.kind)})` : escaped(part).replace(/\\[.?]$/, '')
  })
  const full = new RegExp(`^${body.join('').replaceAll(' ', '\\s+')}[.?!]*$`, 'i')
  const torn = new RegExp(`^${tornPattern(parts)}\\s*[.?!]*$`, 'i')

  const words = neededWords(parts)
  const readWith = (pattern: RegExp) => (sentence: string) => {
    // No sentence of ours is this long, and the patterns are not made for novels.
    if (sentence.length > 1000) return null
    // To look for a few words takes a tenth of the time, and most sentences have none of most forms.
    const lower = sentence.toLowerCase()
    if (!words.every((word) => lower.includes(word))) return null
    const match = pattern.exec(sentence.trim().replace(/\s+/g, ' '))
    if (!match) return null
    return Object.fromEntries(
      slots.map(({ name, kind }, at) => [name, meantBy(kind, match[at + 1])]),
    )
  }
  const write = (values: Slots) =>
    parts
      .map((part) => {
        const slot = slots.find((other) => other.part === part)
        return slot ? wordFor(slot.kind, values[slot.name] ?? '') : part
      })
      .join('')
  return { read: readWith(full), readTorn: readWith(torn), write }
}

// Words that mean nothing without the value behind them, and go when it goes.
const smallWords = new Set(
  'of by from where is the with than in has have or to step row equal exceed on for at in'.split(
    ' ',
  ),
)

type Word = Readonly<{ text: string; isOptional: boolean }>

/** The words of a part of a form. A lost value often takes the small words before it along, so both may be missing. */
function wordsOf(part: string, slotFollows: boolean): readonly Word[] {
  const words = part.trim().replace(/[.?]$/, '').split(/\s+/).filter(Boolean)
  const meaning = words.findLastIndex((word) => !smallWords.has(word))
  return words.map((text, at) => ({ text, isOptional: slotFollows && at > meaning }))
}

const kindIn = (part: string): string | undefined => /^\{\w+:(\w+)\}$/.exec(part)?.[1]

function tornPattern(parts: readonly string[]): string {
  return parts
    .map((part, at) => {
      const kind = kindIn(part)
      if (kind) return `\\s*(${patternOf(kind)})?`
      return wordsOf(part, at < parts.length - 1)
        .map(({ text, isOptional }) =>
          isOptional ? `(?:\\s*\\b${escaped(text)}\\b)?` : `\\s*${escaped(text)}`,
        )
        .join('')
    })
    .join('')
}

/** The words that every sentence of a form has, torn or whole, in lower case. */
const neededWords = (parts: readonly string[]): readonly string[] =>
  parts.flatMap((part, at) =>
    kindIn(part)
      ? []
      : wordsOf(part, at < parts.length - 1)
          .filter(({ isOptional }) => !isOptional)
          .map(({ text }) => text.toLowerCase()),
  )

/** The sentences of a text, split outside quotation marks, since names in quotes may hold full stops. */
export function sentencesIn(text: string): readonly string[] {
  const found: string[] = []
  let [start, quoted] = [0, false]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    const ends = !quoted && /[.?!]/.test(text[at] ?? '') && /\s/.test(text[at + 1] ?? '')
    if (!ends) continue
    found.push(text.slice(start, at + 1).trim())
    start = at + 1
  }
  found.push(text.slice(start).trim())
  return found.filter((sentence) => sentence !== '')
}
