import type { Gate } from '../analysis/gates/select.js'
import { design } from '../analysis/sequential.js'
import { FiredrillError } from '../core/errors.js'
import { metrics } from '../core/gate.js'
import type { RunFile } from '../core/schemas/run-file.js'

/** The looks of gates that may end a run early, computed before it; throws `bad-gate` when a gate cannot. */
export function looksOf(gates: readonly Gate[]): NonNullable<RunFile['stopping']> {
  const asking = gates.filter(({ metric }) => metrics[metric].kind !== 'count')
  if (asking.length === 0) {
    throw new FiredrillError('bad-gate', '--stop-when-decided has nothing to decide.', {
      hint: "Add a gate with a zone: --gate 'robustness >= 0.9 fail 0.8'.",
    })
  }
  return asking.map(looksOfGate)
}

function looksOfGate({ rule, metric, comparison, bound, fail }: Gate) {
  if (metric !== 'robustness' || comparison !== '>=') {
    throw new FiredrillError('bad-gate', `"${rule}" cannot end a run early.`, {
      hint: 'Only gates of the form robustness >= 0.9 fail 0.8 can. Leave out --stop-when-decided, or this gate.',
    })
  }
  if (fail === null) {
    const other = Math.max(0.05, Math.round((bound - 0.1) * 100) / 100)
    throw new FiredrillError(
      'bad-gate',
      `"${rule}" has no zone, so nobody knows when it is clear.`,
      {
        hint: `Say what would be bad: ${rule} fail ${other}.`,
      },
    )
  }
  return { rule, looks: [...design({ pass: bound, fail }).looks] }
}
