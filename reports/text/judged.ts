import type { JudgeUsage } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { counted } from './numbers.js'

/** Who said what no program can tell, and what that took: it is in none of the numbers of the run. */
export function judgedNotes(
  { judge }: Readonly<{ judge: JudgeUsage | null }>,
  name: Name,
): readonly Note[] {
  if (!judge) return []
  const { id, asked, decided, undetermined, tokens, costUsd } = judge
  const used = [
    tokens === null ? 'tokens unknown' : `${counted(tokens, 'token')} of its own`,
    costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(2)}`,
  ]
  const text = `Where no program can tell what became of a fault, ${name(id)} was asked: ${counted(asked, 'question')}, ${decided} decided, ${undetermined} left undetermined. ${used.join(', ')}.`
  return [{ label: 'JUDGED', text, tone: 'quiet' }]
}
