import type { Job } from '../../../core/system.js'
import type { KindOfWork } from '../kind-of-work.js'
import type { Reply } from '../wording.js'
import { act } from './jobs/act.js'
import { decide, review } from './jobs/decide.js'
import { instruct } from './jobs/instruct.js'
import { plan } from './jobs/plan.js'
import { produce } from './jobs/produce.js'
import { route } from './jobs/route.js'
import type { Situation } from './jobs/situation.js'
import { lookAt, readability } from './sight.js'

const skills: Readonly<Record<Job, (situation: Situation) => Reply>> = {
  plan,
  produce,
  review,
  // What was bought stays bought, so whoever is to revise can only buy what has not been bought.
  revise: produce,
  decide,
  instruct,
  act,
  route,
}

/** Requests for a product: found among others that are nearly it, and bought with tools that turn pages. */
export const shop: KindOfWork = {
  about: 'requests for products',
  isMeantBy: (sentences) =>
    sentences.some((sentence) => /\bpurchase\b|\bshopper\b|\bproduct, attribute\b/.test(sentence)),
  readability,
  answer: ({ job, briefing, seen, tools, mind }) => {
    const sight = lookAt(seen, briefing.role)
    return { reply: skills[job]({ briefing, sight, tools, mind }), unread: sight.unread }
  },
}
