/** The text of a cell as people see it: white space, line breaks included, is one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * The number that a text is, null when it is none. Thousands separators and the minus sign of Unicode are read.
 *
 * @example
 * '−1,234.5'  ->  -1234.5
 */
export function numberOf(text: string): number | null {
  const plain = text.trim().replace('\u2212', '-')
  return /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/.test(plain)
    ? Number(plain.replaceAll(',', ''))
    : null
}

/** A number in plain digits. Sums of decimals carry noise of binary arithmetic, which is rounded away. */
export function digits(value: number): string {
  return String(Number(value.toFixed(6)))
}

/** Whether two numbers are the same answer. */
export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6
}
