import type { Job } from '../../../core/system.js'
import type { KindOfWork } from '../kind-of-work.js'
import type { Reply } from '../wording.js'
import { act } from './jobs/act.js'
import { decide } from './jobs/decide.js'
import { instruct } from './jobs/instruct.js'
import { plan } from './jobs/plan.js'
import { produce } from './jobs/produce.js'
import { review } from './jobs/review.js'
import { revise } from './jobs/revise.js'
import { route } from './jobs/route.js'
import type { Situation } from './jobs/situation.js'
import { lookAt, readability } from './sight.js'

const skills: Readonly<Partial<Record<Job, (situation: Situation) => Reply>>> = {
  plan,
  produce,
  review,
  revise,
  decide,
  route,
  instruct,
  act,
}

/** Questions about a table, answered with tools that read it or from rows in sight. */
export const tables: KindOfWork = {
  about: 'questions about tables',
  isMeantBy: (sentences) =>
    sentences.some((sentence) => /\banswer\b|\bops\b|\brow, column\b/.test(sentence)),
  readability,
  answer: ({ job, briefing, seen, tools, mind }) => {
    const sight = lookAt(seen, briefing.role)
    const skill = skills[job] ?? produce
    return { reply: skill({ briefing, sight, tools, mind }), unread: sight.unread }
  },
}
