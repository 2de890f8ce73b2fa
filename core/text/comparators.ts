type Group = Readonly<{ means: readonly [string, string?]; words: readonly [string, string?] }>

/** Words that are each other's opposites, and whose meaning is themselves. */
function pairs(...written: readonly string[]): readonly Group[] {
  return written.map((pair) => {
    const [one = '', other = ''] = pair.split('/')
    return { means: [`=${one}`, `=${other}`], words: [one, other] }
  })
}

/**
 * Words that compare, by what they mean. In each group the words of the second list are the opposites of those in the
 * first, place by place; groups without a second list have no opposite.
 */
const groups: readonly Group[] = [
  {
    means: ['most', 'least'],
    words: [
      'from high to low|high to low|highest to lowest|descending|decreasing|highest|largest|biggest|greatest|maximum|longest|tallest|deepest|heaviest|widest|fastest|best|most expensive|the most|the most|top',
      'from low to high|low to high|lowest to highest|ascending|increasing|lowest|smallest|smallest|smallest|minimum|shortest|shortest|shallowest|lightest|narrowest|slowest|worst|cheapest|the least|the fewest|bottom',
    ],
  },
  {
    means: ['at least', 'at most'],
    words: [
      'at least|no less than|no fewer than|never less than|not less than|a minimum of',
      'at most|no more than|no more than|never more than|not more than|a maximum of',
    ],
  },
  {
    means: ['above', 'below'],
    words: [
      'above|more than|greater than|higher than|larger than|longer than|exceeds|exceed|beyond|over',
      'below|less than|less than|lower than|smaller than|shorter than|is below|fall below|below|under',
    ],
  },
  { means: ['up', 'down'], words: ['up', 'down'] },
  {
    means: ['higher', 'lower'],
    words: ['higher|larger|bigger|more', 'lower|smaller|smaller|less'],
  },
  {
    means: ['first', 'last'],
    words: ['earliest|oldest|first', 'latest|newest|last'],
  },
  {
    means: ['before', 'after'],
    words: ['before|earlier than|prior to|previous', 'after|later than|after|next'],
  },
  { means: ['including', 'excluding'], words: ['including|includes', 'excluding|excludes'] },
  ...pairs(
    'odd/even',
    'positive/negative',
    'increasing/falling',
    'unique/repeated',
    'distinct/equal',
    'sorted/unsorted',
    'non-empty/empty',
    'uppercase/lowercase',
    'upper case/lower case',
    'prime/composite',
    'inclusive/exclusive',
    'vowels/consonants',
    'vowel/consonant',
    'prefixes/suffixes',
    'prefix/suffix',
    'starts with/ends with',
    'start with/end with',
    'begins with/ends with',
    'true/false',
    'valid/invalid',
    'total/average',
    'median/mean',
    'sum/product',
    'single/double',
    'won/lost',
    'wins/losses',
    'inside/outside',
    'northern/southern',
    'eastern/western',
    'public/private',
    'daily/weekly',
    'large/small',
    'older/younger',
    'oldest/youngest',
    'taller/shorter',
    'faster/slower',
    'expensive/cheap',
    'regardless of/depending on',
    'twice as/half as',
    'twice the/half the',
    'half of/a quarter of',
    'two-thirds of/one-third of',
  ),
  { means: ['exactly'], words: ['exactly|precisely'] },
  { means: ['only'], words: ['only'] },
]

type Meaning = Readonly<{ normal: string; opposite: string | null }>

const meanings: ReadonlyMap<string, Meaning> = new Map(
  groups
    .flatMap(({ means: [one, other = ''], words: [ones, others = ''] }) => [
      ...paired(one, ones.split('|'), others.split('|')),
      ...paired(other, others.split('|'), ones.split('|')),
    ])
    .filter(([word]) => word !== '')
    .reverse(), // A word that stands for several opposites keeps its first one.
)

function paired(
  normal: string,
  words: readonly string[],
  opposites: readonly string[],
): readonly (readonly [string, Meaning])[] {
  return words.map((word, at) => [word, { normal, opposite: opposites[at] || null }])
}

/** Words that compare only in some company (`over 12`, `rounded up`), with what must hold behind them. */
const company: Readonly<Record<string, string>> = {
  over: '(?= [$€£¥]?\\d)',
  under: '(?= [$€£¥]?\\d)',
  up: '(?<=\\b[Rr]ound(?:s|ed)?\\b[^.\\n]{0,40} [Uu]p)',
  down: '(?<=\\b[Rr]ound(?:s|ed)?\\b[^.\\n]{0,40} [Dd]own)',
  more: '(?<!(?:any|for|many|much|no|once|or) more)(?= \\p{Ll})',
  less: '(?<!(?:much|no|or) less)(?= \\p{Ll})',
  inside: '(?= \\p{L})',
  outside: '(?= \\p{L})',
  first: '(?! ?[,.;]| step)',
  next: '(?! ?[,.;:]| step)',
}

/** Source of the expression that finds comparators, longest first. */
export const comparatorSource = `(?<![\\p{L}\\p{N}_-])(?:${[...meanings.keys()]
  .sort((a, b) => b.length - a.length)
  .map((word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}${company[word] ?? ''}`)
  .join('|')})(?![\\p{L}\\p{N}_-])`

const meaningOf = (surface: string) => meanings.get(surface.toLowerCase().replace(/\s+/g, ' '))

/**
 * The normal form of a comparator: what it means, marked so that it is never mistaken for a word of the text.
 *
 * @example
 * from high to low  ->  ~most
 */
export function comparatorNormal(surface: string): string {
  return `~${meaningOf(surface)?.normal ?? surface.toLowerCase()}`
}

/** Whether a fact is one of two opposite properties, such as odd and even, and bounds or orders nothing. */
export const isProperty = (normal: string): boolean => normal.startsWith('~=')

/** The comparator that excludes this one, in the same writing; null when there is none. */
export function opposite(surface: string): string | null {
  const other = meaningOf(surface)?.opposite ?? null
  if (!other || !/^\p{Lu}/u.test(surface)) return other
  return `${other[0]?.toUpperCase()}${other.slice(1)}`
}
