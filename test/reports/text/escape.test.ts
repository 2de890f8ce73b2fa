import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  markdownCode,
  markdownName,
  markdownSentence,
  visible,
} from '../../../reports/text/escape.js'
import { scenarios } from '../../../scenarios/catalogue.js'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001b', '\u202e', '\n', '|', '`', '<', '@', 'a', '.', '\\'),
  }),
)

test.each([
  ['an escape sequence', 'a\u001b[2J', 'a⟨U+001B⟩[2J'],
  ['a line break', 'a\nb', 'a⟨U+000A⟩b'],
  ['a C1 control', '\u009b', '⟨U+009B⟩'],
  ['a turned direction', 'a\u202eb', 'a⟨U+202E⟩b'],
  ['an isolate', '\u2066', '⟨U+2066⟩'],
  ['a zero width space', '\u200b', '⟨U+200B⟩'],
  ['a byte order mark', '\ufeff', '⟨U+FEFF⟩'],
  ['a line separator', '\u2028', '⟨U+2028⟩'],
  ['an invisible tag', '\u{e0041}', '⟨U+E0041⟩'],
  ['half a character', '\ud800', '⟨U+D800⟩'],
])('%s is shown and does nothing', (_, text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('what can be seen stays as it is', () => {
  expect(visible('tâche-17: 表 ⟨a⟩')).toBe('tâche-17: 表 ⟨a⟩')
})

test('no text leaves anything unseen', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
      expect(visible(visible(text))).toBe(visible(text))
    }),
  )
})

test('attributions of our own scenarios stay as they are in Markdown', () => {
  const texts = scenarios.flatMap(({ attribution }) => attribution ?? [])
  expect(texts.length).toBeGreaterThan(3)
  for (const text of texts) expect(markdownSentence(text)).toBe(text)
})

test.each([
  '# Title',
  '- item',
  '1. item',
  'a *b*',
  'a [b](c)',
  'ask @all',
  'see www.x.org',
  'a\nb',
])('a sentence that would be more than one in Markdown is code: %j', (text) => {
  expect(markdownSentence(text)).toBe(`\`${markdownCode(text)}\``)
})

test('names of our own catalogues stay as they are in Markdown', () => {
  expect(['table-qa', 'critic loop', 'v1.2', 'T 17'].map(markdownName)).toEqual([
    'table-qa',
    'critic loop',
    'v1.2',
    'T 17',
  ])
})

test.each([
  ['a table cell', 'a|b', '`a⟨U+007C⟩b`'],
  ['a code span', 'a`b', '`a⟨U+0060⟩b`'],
  ['an element', '<img src=x>', '`⟨U+003C⟩img src=x⟨U+003E⟩`'],
  ['a mention', '@all', '`@all`'],
  ['a link', 'www.example.org', '`www.example.org`'],
  ['emphasis', '_a_', '`_a_`'],
  ['a path', './systems/desk.ts', '`./systems/desk.ts`'],
])('a name can start no %s in Markdown', (_, text, shown) => {
  expect(markdownName(text)).toBe(shown)
})

test('any name in Markdown is plain words or one span of code', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(markdownName(text)).toMatch(/^([\p{L}\p{N} .-]+|`[^`|<>\\\n]*`)$/u)
      expect(markdownCode(text)).not.toMatch(/[`|<>\n\\]/)
    }),
  )
})
