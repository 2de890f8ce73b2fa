import { remembered } from './remembered.js'

/** Small words that hardly any English sentence does without, and that other languages do not have. */
const small = new Set(
  'the of and to is are was were be been for with that this these those by on as at from it its an not or if you your he she they we how what which who whose when where there has have had do does did will would can should must than then all any each many more most no only'.split(
    ' ',
  ),
)

/** Imperatives and names without a small word are taken for English; longer texts have to show it. */
const fewWords = 8

/**
 * Whether a text is English, as far as its small words tell. What puts English words into a text asks this first; numbers,
 * dates and quoted words are changed in any language.
 */
export const isEnglish: (text: string) => boolean = remembered((text) => {
  // The start is enough, and code between sentences has words of its own.
  const words =
    text
      .slice(0, 4000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const foreign = words.filter((word) => /[^a-z]/.test(word)).length
  if (foreign > words.length * 0.1) return false
  const known = words.filter((word) => small.has(word)).length
  return words.length < fewWords || known >= words.length * 0.06
})
