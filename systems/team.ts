import type { Job } from '../core/system.js'

/** Somebody in a team, and the job that he does. */
export type Member = Readonly<{ name: string; job: Job }>

/** How an agent is told whom it works with. */
export const colleaguesAre = (colleagues: readonly Member[]): string =>
  `Your colleagues are ${colleagues.map(({ name, job }) => `${name} (${job})`).join(', ')}.`
