import type { AskedModel, ModelAddress } from '../core/asked-model.js'
import { hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import { promptVersion } from '../engine/injector/prompt.js'
import { expand, type Plan } from '../engine/plan.js'
import { openaiCompatible } from '../models/openai-compatible.js'
import { realClock } from './real-clock.js'

/** Where an injector model is asked unless the user says otherwise. */
const defaultUrl = 'https://api.openai.com/v1'

/** The environment of a process. */
type Environment = Readonly<Record<string, string | undefined>>

/** The injector model of a plan, from what was asked for; null when programs write all changes. */
export function plannedInjector(model: string | null, asked: string | null): ModelAddress | null {
  if (model === null) return null
  const url = checkedUrl(asked ?? defaultUrl)
  return { id: model, url, hash: hashOf(`injector/${promptVersion}|${url}|${model}`) }
}

/** A URL without anything secret in it, since it is kept with the run. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash
  if (isPlain && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/+$/, '')
  // What was given may hold a key, so it is not repeated.
  throw new FiredrillError('bad-argument', '--injector-url is no plain http or https URL.', {
    hint: `Give the base URL alone, without user, password or query: --injector-url ${defaultUrl}. The key belongs in FIREDRILL_INJECTOR_KEY.`,
  })
}

/** Whether any fault of a plan is written by its injector model. */
export const isWritten = ({ injector, faults }: Plan): boolean =>
  Boolean(injector) && faults.some((set) => partsOf(set).some(({ fault }) => fault.written))

/** The faults of a plan that its injector model writes, and those that only a program can set. */
export function writers({ faults }: Plan): Readonly<{ writes: string[]; leaves: string[] }> {
  const all = [...new Set(faults.flatMap(partsOf).map(({ fault }) => fault))]
  const ids = (isTheirs: boolean) =>
    all.filter(({ written }) => Boolean(written) === isTheirs).map(({ id }) => id)
  return { writes: ids(true), leaves: ids(false) }
}

const partsOf = ({ fault, also = [] }: Plan['faults'][number]) => [{ fault }, ...also]

/** Which variable has the key for a server; null when none of those that may be sent there is set. */
export function keyVariable(url: string, env: Environment): string | null {
  if (env['FIREDRILL_INJECTOR_KEY']) return 'FIREDRILL_INJECTOR_KEY'
  // OpenAI's key is for OpenAI: nobody means to hand it to another server.
  const isTheirs = new URL(url).origin === new URL(defaultUrl).origin
  return isTheirs && env['OPENAI_API_KEY'] ? 'OPENAI_API_KEY' : null
}

/** Whether a server is on this machine and so needs no key. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** The injector model of a plan; null when there is none, or nothing is left for it to write. */
export async function injectorFor(
  plan: Plan,
  {
    done,
    env,
    seconds,
  }: Readonly<{ done: ReadonlySet<string>; env: Environment; seconds: number }>,
): Promise<AskedModel | null> {
  if (!plan.injector || !isWritten(plan)) return null
  const isDone = expand(plan).every(({ trials }) => trials.every(({ key }) => done.has(key)))
  return isDone ? null : readyInjector(plan.injector, env, seconds)
}

/** The injector model itself; throws before anything runs when its key is missing or its server cannot be reached. */
async function readyInjector(
  { id, url }: ModelAddress,
  env: Environment,
  seconds: number,
): Promise<AskedModel> {
  const variable = keyVariable(url, env)
  if (variable === null && !isLoopback(url)) {
    const isDefault = new URL(url).origin === new URL(defaultUrl).origin
    throw new FiredrillError('bad-config', `There is no key for the injector model ${id}.`, {
      hint: `Set FIREDRILL_INJECTOR_KEY${isDefault ? ' or OPENAI_API_KEY' : ''} to the key of ${url}, or leave out --injector-model.`,
    })
  }
  const key = variable === null ? null : (env[variable] ?? null)
  await requireServer(url, seconds)
  // Taken before the seams are cut: its calls are none of the system's, even while a trial waits for one.
  return openaiCompatible(
    { url, model: id, key },
    { fetch: globalThis.fetch, clock: realClock, milliseconds: 1000 * seconds },
  )
}

/** Any answer will do, and the key is not shown for it: it costs nothing and says that somebody is there. */
async function requireServer(url: string, seconds: number): Promise<void> {
  const controller = new AbortController()
  const callOff = realClock.after(1000 * Math.min(10, seconds), () => controller.abort())
  try {
    const { body } = await fetch(`${url}/models`, { redirect: 'manual', signal: controller.signal })
    await body?.cancel()
  } catch {
    throw new FiredrillError(
      'bad-config',
      `The injector model's server cannot be reached: ${url}.`,
      {
        hint: 'Start it, or set --injector-url (FIREDRILL_INJECTOR_URL) to the base URL of a server with /chat/completions.',
      },
    )
  } finally {
    callOff()
  }
}

/** An injector model that nobody asks: a replay has the texts that its run has kept. */
export const silentInjector = ({ id }: ModelAddress): AskedModel => ({
  id,
  ask: async () => ({
    kind: 'failed',
    failure: 'unreachable',
    because: 'a replay asks nobody, and the run has not kept this text',
    calls: 0,
    tokens: 0,
  }),
})
