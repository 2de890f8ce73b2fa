import { groupBy } from '../../core/lists.js'
import type { GateResult, GateSubject, Summary } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { count, counted, known, points, rate } from './numbers.js'

const verdicts = {
  passed: { label: 'PASSED', tone: 'good' },
  failed: { label: 'FAILED', tone: 'bad' },
  undecided: { label: 'UNDECIDED', tone: 'doubt' },
} as const

const worstFirst = ['failed', 'undecided', 'passed', 'no site', 'only luck'] as const

/** Why no trial of a system could count, and what follows. */
const unasked = {
  'no site': { why: 'No covered fault has a site', so: 'nothing was asked there' },
  'only luck': { why: 'Only luck can reach a right answer', so: 'no trial there counts' },
} as const

const isUnasked = (verdict: GateSubject['verdict']): verdict is keyof typeof unasked =>
  verdict in unasked

const rank = ({ verdict }: Pick<GateSubject, 'verdict'>) => worstFirst.indexOf(verdict)

/** At most so many questions of a gate are told one by one. */
const most = 8

/** What gates came to, one note each: those that decide the verdict first, and in each the worst first. */
export function gateNotes(summary: Summary, name: Name): readonly Note[] {
  const sorted = [...summary.gates].sort((a, b) => rank(a) - rank(b))
  return [
    ...sorted.map((gate) => gateNote(gate, testedWith(gate, summary), name)),
    ...comparedNote(summary, name),
    ...stoppedNote(summary, name),
  ]
}

/** Among how many questions the chances of a gate were corrected: those on regression are a family of their own. */
const testedWith = ({ metric }: GateResult, { gates }: Summary): number =>
  gates
    .filter((one) => (one.metric === 'regression') === (metric === 'regression'))
    .flatMap(({ subjects }) => subjects)
    .filter(({ p }) => p !== null).length

function gateNote(gate: GateResult, tested: number, name: Name): Note {
  const { rule, declared, verdict } = gate
  const sorted = [...gate.subjects].sort((a, b) => rank(a) - rank(b) || byValue(gate, a, b))
  const subjects = sorted.filter((one) => !isUnasked(one.verdict))
  // Of a gate that passed the nearest to its bound is enough.
  const shown = subjects.slice(0, verdict === 'passed' ? 1 : most)
  const said = shown.map((one) => {
    const text = subjectText(gate, one, name)
    return `${text}${testedText(gate, one, text, tested)}`
  })
  const rest = subjects.slice(shown.length)
  const others = verdict === 'passed' ? 'that passed with more to spare' : 'like these'
  const lines = [
    ...said,
    ...(rest.length > 0 ? [`and ${count(rest.length)} more ${others}.`] : []),
    ...unaskedTexts(sorted, name),
  ]
  const head = `${ruleText(rule, name)}${declared ? '' : ' (asked after the run)'}`
  const [only] = lines
  return lines.length === 1
    ? { ...verdicts[verdict], text: `${head}: ${only}` }
    : { ...verdicts[verdict], text: head, items: lines }
}

/** In which systems no trial could count, by the reason. */
function unaskedTexts(subjects: readonly GateSubject[], name: Name): readonly string[] {
  return (['no site', 'only luck'] as const).flatMap((unaskedFor) => {
    const { why, so } = unasked[unaskedFor]
    const those = subjects.filter(({ verdict }) => verdict === unaskedFor)
    const asked = those.flatMap(({ system }) => (system === null ? [] : [name(system)]))
    const names = [...new Set(asked)]
    const rest = names.length - most
    const told = names.slice(0, most).join(', ')
    const others = rest > 0 ? ` and ${count(rest)} more` : ''
    return those.length > 0 ? [`${why} in ${told}${others}: ${so}.`] : []
  })
}

/** A gate with its names made harmless; its comparison is ours and stays as it is. */
export function ruleText(rule: string, name: Name): string {
  const parts = /^(.*?) ?(>=|<=) ?(.*)$/.exec(rule)
  if (!parts) return name(rule)
  const [, what = '', comparison = '', bound = ''] = parts
  return `${name(what)} ${comparison} ${name(bound)}`
}

/** The nearest to the bad side first. */
function byValue({ comparison }: GateResult, a: GateSubject, b: GateSubject): number {
  const value = ({ actual }: GateSubject) => actual.mean ?? 0
  return comparison === '>=' ? value(a) - value(b) : value(b) - value(a)
}

/** What was found about one question of a gate, with what follows from it. */
export function subjectText(gate: GateResult, subject: GateSubject, name: Name): string {
  const { system, part } = subject
  const who = [system, part].flatMap((word) => (word === null ? [] : [name(word)])).join(' ')
  const words = [who, valueText(gate, subject)].filter(Boolean).join(' ')
  const more = sentence(gate, subject, name)
  return more ? `${words}. ${more}` : words
}

function valueText({ metric }: GateResult, { actual, unit, because }: GateSubject): string {
  const { mean, n } = actual
  if (mean === null) {
    return isUntriggered(metric, because) ? 'nothing triggered the tier' : 'nothing was measured'
  }
  if (metric === 'tokens') return counted(mean, 'token')
  if (metric === 'cost') return `$${mean.toFixed(2)}`
  if (metric === 'coverage' || metric === 'void-rate') {
    return `${count(Math.round(mean * n))} of ${counted(n, 'trial')}`
  }
  const size = unit === 'trials' ? `n ${count(n)}` : counted(n, 'task')
  // A rate without its interval is not printed: the sentence behind it says why there is none.
  if (!known(actual)) return size
  if (metric === 'regression') return `worse by ${points(actual)} points, ${size}`
  return metric === 'damage' ? `${points(actual)} points, ${size}` : `${rate(actual)}, ${size}`
}

/** Whether a gate on a tier has no trials: those that count did not trigger it. */
const isUntriggered = (metric: string, because: GateSubject['because']): boolean =>
  metric.startsWith('tier.') && because === 'no trials'

const reasons: Readonly<Record<string, string>> = {
  'no trials': 'No trial counts.',
  'too few tasks': 'Fewer than 6 tasks say nothing about others: add --tasks.',
  'no interval': 'It has no interval: a placebo never held without some task.',
  'no baseline file': 'Make one first: firedrill baseline set RUN.',
  unknown: 'Nobody knows what the models cost.',
  unfinished: 'The run is not finished.',
  'too close': 'Exactly at the bound: no number of trials decides.',
}

function sentence(gate: GateResult, subject: GateSubject, name: Name): string {
  const { verdict, because, more, unit, early, lost } = subject
  if (isUnasked(verdict)) return `${unasked[verdict].why}: ${unasked[verdict].so}.`
  if (because === 'not measured') {
    return `Too many trials were lost: ${lost.map(name).join(', ')}.`
  }
  if (isUntriggered(gate.metric, because)) return ''
  if (because !== null) return reasons[because] ?? ''
  const claim = gate.fail === null ? '' : zoneText(gate, verdict)
  if (early) {
    return `Clear after ${count(early.after)} of at most ${count(early.longest)} trials: ${claim}.`
  }
  if (verdict !== 'undecided') return claim && `It is ${claim}.`
  if (more === null) return 'Not enough data to decide.'
  const size = counted(more, `more ${unit === 'trials' ? 'trial' : 'task'}`)
  return more > 1000
    ? `Too close to decide: that would take about ${size}.`
    : `Not enough data to decide. About ${size} should settle it.`
}

/** A zone claims less than it asks for: passed is better than its bad end, failed is worse than its good end. */
function zoneText({ comparison, bound, fail }: GateResult, verdict: string): string {
  const [good, bad] = comparison === '>=' ? ['above', 'below'] : ['below', 'above']
  if (verdict === 'passed') return `${good} ${fail}`
  return verdict === 'failed' ? `${bad} ${bound}` : ''
}

/**
 * How likely chance alone is, where something failed or looks as if it had. It is never said without the number of
 * questions among which it was looked for.
 */
function testedText(gate: GateResult, subject: GateSubject, said: string, tested: number): string {
  const { verdict, p } = subject
  if (p === null || !(verdict === 'failed' || isMissed(gate, subject))) return ''
  const chance = p < 0.001 ? 'below 0.1%' : `${(p * 100).toFixed(1)}%`
  return `${said.endsWith('.') ? '' : '.'} By chance: ${chance}, among ${counted(tested, 'question')}.`
}

/** Whether an interval lies on the bad side of the bound, which among several questions or few trials is not enough. */
const isMissed = ({ comparison, bound }: GateResult, { verdict, actual }: GateSubject): boolean =>
  verdict === 'undecided' &&
  (comparison === '>=' ? (actual.high ?? 1) < bound : (actual.low ?? 0) > bound)

function comparedNote({ baselineFile }: Summary, name: Name): readonly Note[] {
  if (!baselineFile) return []
  const { run, created, notices } = baselineFile
  const items = notices.map(name)
  const text = `with run ${name(run)} of ${name(created.slice(0, 10))}.`
  return [{ label: 'COMPARED', text, items, tone: notices.length > 0 ? 'doubt' : 'quiet' }]
}

function stoppedNote({ stopping, totals, cells }: Summary, name: Name): readonly Note[] {
  if (!stopping) return []
  const { saved, decided, givenUp, of } = stopping
  const text = [
    `${count(decided)} of ${counted(of, 'question')} were clear early`,
    ...(givenUp > 0 ? [`, ${count(givenUp)} given up since no trial counted`] : []),
    `, which saved ${count(saved)} of ${counted(totals.trials + saved, 'trial')}.`,
    ...(decided > 0 ? [' Rates of the clear ones lean away from the bound.'] : []),
  ].join('')
  const early = cells.filter(({ decidedEarly }) => decidedEarly)
  const where = groupBy(early, ({ system, scenario }) => `${name(system)} on ${name(scenario)}`)
  const items = [...where].map(
    ([block, some]) => `${block}: ${some.map(({ fault }) => name(fault)).join(', ')}`,
  )
  return [{ label: 'STOPPED', text, items, tone: 'quiet' }]
}
