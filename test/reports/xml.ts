/** An element of an XML document. */
export type Element = Readonly<{
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly Element[]
  text: string
}>

// The characters of XML 1.0, section 2.2.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Reads the part of XML that JUnit files need; throws wherever a strict parser would. */
export function parseXml(text: string): Element {
  if (forbidden.test(text)) throw new Error('a character that XML 1.0 does not have')
  if (text.includes(']]>')) throw new Error(']]> in a text')
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [root]
  const tag = /<(\/?)([\w.-]+)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
  let at = 0
  for (const match of body.matchAll(tag)) {
    if (match.index !== at) break
    at += match[0].length
    const [, closing, name = '', attributes = '', empty, words] = match
    const current = open.at(-1) ?? root
    if (words !== undefined) current.text += unescaped(words)
    else if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`)
    } else {
      const child: Open = { name, attributes: attributesIn(attributes), children: [], text: '' }
      current.children.push(child)
      if (!empty) open.push(child)
    }
  }
  if (at !== body.length) throw new Error(`no XML at ${at}: ${body.slice(at, at + 40)}`)
  const [only, ...others] = root.children
  if (open.length !== 1 || !only || others.length > 0) throw new Error('not one closed root')
  return only
}

type Open = {
  name: string
  attributes: Readonly<Record<string, string>>
  children: Open[]
  text: string
}

function attributesIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)]
  const names = found.map(([, name]) => name)
  if (new Set(names).size < names.length) throw new Error('an attribute twice')
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]))
}

const unescaped = (text: string): string =>
  text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const mark = entities[name]
    if (mark === undefined || !whole.endsWith(';')) throw new Error(`a bare ampersand: ${whole}`)
    return mark
  })
