import { readFileSync } from 'node:fs'

/** The content of a JSON or YAML file; throws what the file system or the parser throws. */
export async function readData(path: string): Promise<unknown> {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.json')) return JSON.parse(text)
  const { parse } = await import('yaml')
  return parse(text)
}
