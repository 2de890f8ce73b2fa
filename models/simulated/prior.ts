import { draw } from '../../core/draw.js'
import type { Profile } from './profile.js'

/** The lowest and the highest value of each field of a profile; every value between them is as likely as any other. */
export type Prior = Readonly<
  Record<Exclude<keyof Profile, 'version'>, readonly [least: number, most: number]>
>

/** Fields that are counted, not measured. */
const whole: ReadonlySet<string> = new Set(['window', 'chat'])

/** The profile of one repetition: each field drawn for itself, the same whenever it is asked for. */
export function drawnProfile(prior: Prior, repetition: number): Profile {
  const fields = Object.entries(prior).map(([field, [least, most]]) => {
    const share = draw('profile', repetition, field)
    const value = whole.has(field)
      ? least + Math.floor(share * (most - least + 1))
      : least + share * (most - least)
    return [field, value]
  })
  return { version: 1, ...(Object.fromEntries(fields) as Omit<Profile, 'version'>) }
}
