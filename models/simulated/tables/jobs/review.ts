import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { carryOut } from '../carry-out.js'
import { settle } from '../settle.js'
import type { Account, GivenAnswer } from '../sight.js'
import { firstDifference, type Step, sentenceOf } from '../steps.js'
import { equalAnswers } from '../table.js'
import { overlook, slip } from '../temper.js'
import { accountsOf, deskOf, type Situation, withUnstated } from './situation.js'
import { restated } from './wording.js'

/** Judges the newest answer in sight, or names its first wrong step when that is what is asked for. */
export function review(situation: Situation): Reply {
  const { sight, mind, briefing } = situation
  const answer = sight.answers.findLast(({ speaker }) => speaker !== self)
  if (!answer) return verdict(situation, 'REJECT', ['No answer is in sight.'])
  const checks = mind.happens('verify', 'review', mind.profile.verify)
  const own = checks ? ownSteps(situation, answer) : null
  if (briefing.namesStep) return critique(situation, answer, own)
  if (!own) return verdict(situation, 'APPROVE', ['I found nothing against it.'])
  return judge(situation, answer, own)
}

/** The reviewer's own reading: of the question if it can see it, else of the steps beside the answer. */
function ownSteps(situation: Situation, { at }: GivenAnswer): readonly Step[] | null {
  const { sight, mind } = situation
  const accounts = accountsOf(situation)
  const author = (account: Account) => Math.trunc(account.at) === at
  const questions = accounts.filter(({ question }) => question !== null)
  const independent = questions.filter((account) => !author(account))
  const chosen = [independent, questions, accounts.filter(author)].find((some) => some.length > 0)
  const settled = settle(withUnstated(chosen ?? [], accounts), mind, {
    columns: sight.columns,
    alert: false,
  })
  return settled && slip(overlook(settled.steps, mind, sight.columns), mind)
}

function judge(situation: Situation, answer: GivenAnswer, own: readonly Step[]): Reply {
  const { mind, tools, sight } = situation
  const evidence = corrections(own, answer.plan?.steps ?? null)
  const work = tools.length > 0 || sight.table ? carryOut(own, deskOf(situation), mind) : null
  if (work?.kind === 'call') return work
  if (work?.kind === 'done' && !equalAnswers(work.answer, answer.text)) {
    mind.note('weighed by evidence: answer')
    const got = `I get "${work.answer}"; the answer says "${answer.text}".`
    return verdict(situation, 'REJECT', [got, ...evidence])
  }
  if (work?.kind === 'done') return verdict(situation, 'APPROVE', [`I get "${work.answer}" too.`])
  // Without a result of one's own, steps that do not follow the question are the evidence.
  if (evidence.length > 0) return verdict(situation, 'REJECT', evidence)
  return verdict(situation, 'APPROVE', ['I found nothing against it.'])
}

function critique(situation: Situation, answer: GivenAnswer, own: readonly Step[] | null): Reply {
  const steps = answer.plan?.steps ?? []
  const difference = own && steps.length > 0 ? firstDifference(own, steps) : null
  const evidence = own && difference ? corrections(own, steps) : []
  if (difference) situation.mind.note('weighed by evidence: steps')
  const number = Math.max(1, Math.min(difference?.number ?? steps.length, steps.length))
  const lines =
    evidence.length > 0 ? evidence : ['The steps follow the question up to the last one.']
  const text = verdict(situation, 'REJECT', lines)
  return text.kind === 'text' ? say(`${text.text}\nConclusion: step ${number}`) : text
}

/** One bullet for every step from the first wrong one on: what follows it may be cut off before somebody reads this. */
function corrections(own: readonly Step[], theirs: readonly Step[] | null): readonly string[] {
  const difference = theirs && theirs.length > 0 ? firstDifference(own, theirs) : null
  if (!difference) return []
  return own
    .slice(difference.number - 1)
    .map((step, at) => `Step ${difference.number + at} should be: ${sentenceOf(step)}`)
}

function verdict(
  situation: Situation,
  word: 'APPROVE' | 'REJECT',
  evidence: readonly string[],
): Reply {
  const { mind } = situation
  const passesOn = word === 'REJECT' && mind.happens('carry', 'question', mind.profile.carry)
  const question = passesOn ? restated(accountsOf(situation)) : ''
  const bullets = evidence.map((line) => `- ${line}`)
  // The verdict has to be the first line, so a chatty temper chats behind it.
  const head = [word, ...bullets, question].filter((line) => line !== '').join('\n')
  return say(situation.briefing.namesStep ? head : message(head, opening(mind)))
}
