import { badWeights, presetWeights, type Weights, weightsFrom } from '../analysis/weights.js'
import { messageOf } from '../core/errors.js'
import { readData } from '../engine/data-file.js'

/** The weights of categories that were asked for, by the name of a preset or the path of a file. */
export async function weightsOf(word: string | null): Promise<Weights | undefined> {
  if (word === null) return undefined
  const preset = presetWeights(word)
  if (preset) return preset
  const content = await readData(word).catch((cause: unknown) => {
    const why = messageOf(cause).split('\n')[0]
    throw badWeights(`"${word}" names no weights, and no file can be read there: ${why}`)
  })
  return weightsFrom(word, content)
}
