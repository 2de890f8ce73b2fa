/** Words that say yes or no, with what they turn into. Questions have none: turned round they ask the same. */
const turns: Readonly<Record<string, string>> = {
  'must not': 'must',
  'should not': 'should',
  'may not': 'may',
  'is not': 'is',
  'are not': 'are',
  'was not': 'was',
  'were not': 'were',
  "isn't": 'is',
  "aren't": 'are',
  "wasn't": 'was',
  "weren't": 'were',
  'do not': 'do',
  'does not': 'does',
  'did not': 'did',
  'has not': 'has',
  'have not': 'have',
  'had not': 'had',
  'will not': 'will',
  'would not': 'would',
  'could not': 'could',
  "don't": 'do',
  "doesn't": 'does',
  "didn't": 'did',
  "hasn't": 'has',
  "haven't": 'have',
  "hadn't": 'had',
  "won't": 'will',
  "wouldn't": 'would',
  "couldn't": 'could',
  cannot: 'can',
  "can't": 'can',
  never: 'always',
  always: 'never',
  required: 'forbidden',
  forbidden: 'required',
  must: 'must not',
  should: 'should not',
  can: 'cannot',
  is: 'is not',
  are: 'are not',
  was: 'was not',
  were: 'were not',
}

const source = `(?<![\\p{L}\\p{N}_'’-])(?:${Object.keys(turns).join('|')})(?![\\p{L}\\p{N}_'’-])`

/** One yes or no in a text: where it stands and what it turns into. */
export type Polarity = Readonly<{
  start: number
  end: number
  turned: string
  /** The word with the two words behind it, which say what it is about. */
  normal: string
}>

/** Every yes and no of a text. */
export function polarities(text: string): readonly Polarity[] {
  return [...text.matchAll(new RegExp(source, 'gu'))].map((match) => {
    const end = match.index + match[0].length
    const about = text.slice(end, end + 80).match(/[\p{L}\p{N}]+/gu) ?? []
    return {
      start: match.index,
      end,
      turned: turns[match[0]] ?? match[0],
      normal: [match[0], ...about.slice(0, 2)].join(' ').toLowerCase(),
    }
  })
}
