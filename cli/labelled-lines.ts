import chalk from 'chalk'
import { wrap } from '../reports/text/layout.js'
import type { Display } from './console.js'

type Width = Pick<Display, 'width'>

const indent = 13

/** Texts behind a label, each on as many lines as it needs, or as it may take. */
export function labelled(
  label: string,
  texts: readonly string[],
  width: Width,
  { hang = 0, most = Number.POSITIVE_INFINITY } = {},
): readonly string[] {
  const lines = texts.flatMap((text) => cutAfter(most, hanging(' '.repeat(hang), text, width)))
  const [first = '', ...rest] = lines
  if (lines.length === 0) return []
  const isLong = label.length > indent - 3
  const head = ` ${chalk.dim(label)}`
  return isLong
    ? [head, ...lines]
    : [`${head}${' '.repeat(indent - 1 - label.length)}${first.slice(indent)}`, ...rest]
}

/** A text on as many lines as it needs, beside the labels; `hang` is how far all but the first stand in. */
export function hanging(hang: string, text: string, { width }: Width): readonly string[] {
  const [first = '', ...rest] = wrap(text, width - indent - hang.length)
  const margin = ' '.repeat(indent)
  return [`${margin}${first}`, ...rest.map((line) => `${margin}${hang}${line}`)]
}

const cutAfter = (most: number, lines: readonly string[]): readonly string[] =>
  lines.length <= most
    ? lines
    : lines.slice(0, most).map((line, at) => (at === most - 1 ? `${line.slice(0, -1)}…` : line))
