import type { Job } from '../../../core/system.js'
import type { KindOfWork } from '../kind-of-work.js'
import type { Reply } from '../wording.js'
import { act } from './jobs/act.js'
import { decide } from './jobs/decide.js'
import { instruct } from './jobs/instruct.js'
import { plan } from './jobs/plan.js'
import { produce, revise } from './jobs/produce.js'
import { review } from './jobs/review.js'
import { route } from './jobs/route.js'
import type { Situation } from './jobs/situation.js'
import { lookAt, readability } from './sight.js'

const skills: Readonly<Record<Job, (situation: Situation) => Reply>> = {
  plan,
  produce,
  review,
  revise,
  decide,
  instruct,
  act,
  route,
}

/** Functions from rules: numbers that a few sentences say how to work out. */
export const code: KindOfWork = {
  about: 'functions from rules',
  isMeantBy: (sentences) =>
    sentences.some((sentence) =>
      /\b(?:JavaScript|requirements?|the code|program|function|missing rule)\b/.test(sentence),
    ),
  readability,
  answer: ({ job, briefing, seen, tools, mind }) => {
    const sight = lookAt(seen, briefing.role)
    return { reply: skills[job]({ briefing, sight, tools, mind }), unread: sight.unread }
  },
}
