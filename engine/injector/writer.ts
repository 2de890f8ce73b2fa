import type { InjectionLine } from '../../core/schemas/injection-line.js'
import type { Action } from '../action.js'
import type { Payload } from '../sites.js'
import type { Pause } from './pause.js'
import type { Soon } from './soon.js'
import type { Texts } from './texts.js'
import { type Place, wantedAt } from './wanted.js'

/** Who wrote a change, and why it was not the injector model although it should have been. */
export type Chosen = Readonly<{ after: Payload; by: 'program' | 'model'; why: string | null }>

/** Decides for each injection of one trial who writes it. */
export type Writer = Readonly<{
  /** Asks for a text before the trial needs it. */
  prepare: (action: Action, place: Place) => Promise<void>
  /** Where a system waits anyway: a text that nobody has asked for is asked for now. */
  whenReady: (action: Action, place: Place) => Soon<Chosen>
  /** Where nobody can wait: only what was asked for before. */
  atOnce: (action: Action, place: Place) => Chosen
}>

/** Leaves every injection to the program. */
export const programWriter: Writer = {
  prepare: async () => undefined,
  whenReady: (_, { program }) => byProgram(program, null),
  atOnce: (_, { program }) => byProgram(program, null),
}

const byProgram = (after: Payload, why: string | null): Chosen => ({ after, by: 'program', why })

/** What a writer of one trial depends on. */
export type WriterContext = Readonly<{
  texts: Texts
  /** Key of the trial. */
  trial: string
  /** Changes whenever the faults or the injector model may say something else. */
  version: string
  pause: Pause
}>

/** A fault that fires again and again asks for so many texts in one trial and no more. */
export const mostTexts = 20

/** A writer for one trial that has the injector model write what it can. */
export function modelWriter({ texts, trial, version, pause }: WriterContext): Writer {
  const own = new Map<string, Promise<InjectionLine>>()
  const ready = new Map<string, InjectionLine>()
  const why = (because: string) => `the injector model ${texts.injector}: ${because}`

  const obtain = (wanted: Parameters<Texts['obtain']>[0]): Promise<InjectionLine> | null => {
    const asked = own.get(wanted.key)
    if (asked) return asked
    if (own.size >= mostTexts) return null
    const line = texts.obtain(wanted, trial).then((found) => {
      ready.set(wanted.key, found)
      return found
    })
    own.set(wanted.key, line)
    return line
  }

  const decide = (action: Action, place: Place, isWaiting: boolean): Soon<Chosen> => {
    if (!action.written) return byProgram(place.program, null)
    const left = (because: string) => byProgram(place.program, why(because))
    const wanted = wantedAt(action, action.written, place, version)
    if (!wanted) return left('there is no text here that it could be given')
    const used = ({ text, because }: InjectionLine): Chosen => {
      if (text === null) return left(because ?? 'no text')
      // The text may have been asked for at another place, where it was right.
      const bad = wanted.refuse(text)
      const after = wanted.payloadWith(text)
      return after === null || bad !== null
        ? left(`its text cannot be used here: ${bad}`)
        : { after, by: 'model', why: null }
    }
    const known = ready.get(wanted.key)
    if (known) return used(known)
    if (!isWaiting) return left('it was not asked for this text before the trial')
    const asked = obtain(wanted)
    return asked
      ? pause.during(asked).then(used)
      : left(`more than ${mostTexts} texts in one trial`)
  }

  return {
    async prepare(action, place) {
      if (!action.written) return
      const wanted = wantedAt(action, action.written, place, version)
      if (wanted) await obtain(wanted)
    },
    whenReady: (action, place) => decide(action, place, true),
    // Without waiting the decision is there at once.
    atOnce: (action, place) => decide(action, place, false) as Chosen,
  }
}
