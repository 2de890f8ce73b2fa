import type { Comparable } from '../text/mentions.js'
import { mentions } from '../text/mentions.js'

/**
 * How an English text shows that its author noticed something. These are word lists: what they find is a heuristic, and
 * rules that rest on them say so.
 */

const rejecting =
  /^\W{0,4}(?:REJECT(?:ED)?|INCORRECT|WRONG|FAIL(?:ED)?|NOT APPROVED|DISAPPROVED?|DECLINED?|REVISE)\b/i
const approving = /^\W{0,4}(?:APPROVED?|CORRECT|ACCEPT(?:ED)?|PASS(?:ED)?|LGTM|VALID)\b/i
const verdictLine =
  /^[ \t]*(?:verdict|conclusion|decision|judg(?:e)?ment)[ \t]*[:=][ \t]*(.{1,40})$/im

/** Whether a text begins with, or names, a verdict on somebody's work; null when it gives none. */
export function verdictIn(text: string): 'approves' | 'rejects' | null {
  const heads = [text.trimStart().slice(0, 40), verdictLine.exec(text)?.[1] ?? '']
  if (heads.some((head) => rejecting.test(head))) return 'rejects'
  return heads.some((head) => approving.test(head)) ? 'approves' : null
}

const doubting = new RegExp(
  [
    /\b(?:wrong|incorrect|false|invalid|mistaken?|mistakes?|errors?|erroneous|inaccurate)\b/,
    /\b(?:conflict(?:s|ing)?|contradict(?:s|ion|ions|ory)?|inconsisten(?:t|cy)|mismatch(?:es)?|discrepan(?:t|cy))\b/,
    /\b(?:does|do|did|is|are|was|were) ?(?:not|n['’]t) (?:match|fit|agree|add up|exist|there|clear|stated?|given|available|possible|consistent|correct|supported)\b/,
    /\b(?:unclear|ambiguous|vague|unspecified|unknown|undefined|missing|unsure|uncertain|doubt(?:s|ful)?|suspicious|implausible|impossible)\b/,
    /\b(?:cannot|can not|can['’]t|could not|couldn['’]t|unable to|not able to|impossible to|brings nothing)\b/,
    /\b(?:instead of|rather than|however|should (?:be|have been)|must be|but (?:it|the|this|that|I)|versus|vs\.?)\b/,
    /\b(?:assum(?:e|ed|es|ing|ption)|presum(?:e|ably|ing)|guess(?:ed|ing)?|I take|I took|interpret(?:ed|ing)? (?:it |this |that )?as)\b/,
    /\b(?:not found|no such|unrecogni[sz]ed|nonexistent|no match(?:es)?|nothing (?:was )?found|already (?:received|done|answered|seen)|duplicates?|irrelevant|off[- ]topic|not meant for me)\b/,
    /\bCONFLICT\b/,
    /\bREJECT/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

/** Whether a text has a word of doubt, of an error, a clash or an assumption. */
export const doubts = (text: string): boolean => doubting.test(text)

const fence = /^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm
const calledTool = /^[\w.-]{1,64}\(\{.*\}\)$/

/**
 * What a text stands for: its fenced blocks and calls of tools, and its sentences without a word of doubt. Of a text that
 * rejects somebody's work the sentences are about that work, not its own.
 */
export function assertedIn(text: string): string {
  const blocks = text.match(fence) ?? []
  const sentences = sentencesOf(text.replace(fence, '\n'))
  const rejects = verdictIn(text) === 'rejects'
  const own = sentences.filter((one) => calledTool.test(one) || !(rejects || doubts(one)))
  return [...blocks, ...own].join('\n')
}

const assuming =
  /\b(?:assum(?:e|ed|es|ing|ption)|presum(?:e|ably|ing)|guess(?:ed|ing)?|I take|I took|interpret(?:ed|ing)? (?:it |this |that )?as|taken? to mean|I (?:will|shall) (?:use|choose|pick)|by default|default to)\b/i

/** Sentences and lines of a text. The number of a list item ends no sentence. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+|(?<=[.!?;])(?<!(?:^|[\s:])\d{1,3}\.)\s+(?=[\p{Lu}"“(])/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The first sentence that states an assumption; null when none does. */
export const assumptionIn = (text: string): string | null =>
  sentencesOf(text).find((sentence) => assuming.test(sentence)) ?? null

/**
 * The first sentence with a word of doubt and one of the facts, or of their subjects; null when there is none. What
 * stands in a text that rejects is doubted as a whole.
 */
export function noticeIn(
  text: string,
  facts: readonly Comparable[],
  subjects: readonly string[] = [],
): string | null {
  const rejected = verdictIn(text) === 'rejects'
  const isAbout = (sentence: string) => {
    const has = mentions(sentence)
    const lower = sentence.toLowerCase()
    return facts.some(has) || subjects.some((subject) => lower.includes(subject.toLowerCase()))
  }
  return (
    sentencesOf(text).find((sentence) => (rejected || doubts(sentence)) && isAbout(sentence)) ??
    null
  )
}

const question =
  /^[ \t]*(?:[-*][ \t]+)?(?:QUESTION|CLARIFICATION(?: NEEDED)?|ASK)[ \t]*:[ \t]*(.+)$/im

/** The question that a text marks as one, in a line of its own; null when it marks none. */
export const namedQuestionIn = (text: string): string | null =>
  question.exec(text)?.[1]?.trim() ?? null

/** The question that a text asks a colleague or a person in a line of its own; null when it asks none. */
export function questionIn(text: string): string | null {
  const named = namedQuestionIn(text)
  if (named) return named
  const asked = sentencesOf(text).find((sentence) =>
    /^(?:(?:could|can|would) you|please (?:clarify|confirm|tell|specify|let me know)|which|what (?:did|do|is|are) you|do you (?:mean|want))\b.*[?.]$/i.test(
      sentence,
    ),
  )
  return asked ?? null
}

/** Whether a tool is there to ask somebody: its name says so. */
export const isAskTool = (name: string): boolean =>
  /(?:^|[_\-.])(?:ask|clarify|clarification|question|consult)(?:$|[_\-.])|^ask[A-Z]|human_?(?:input|feedback|assistance)/.test(
    name,
  )
