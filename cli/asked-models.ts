import type { AskedModel, ModelAddress } from '../core/asked-model.js'
import { hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import { openaiCompatible } from '../models/openai-compatible.js'
import { realClock } from './real-clock.js'

/** What a model is asked for. Its options and its variables are named after it. */
export type Purpose = 'injector' | 'judge' | 'model'

/** Where a model is asked unless the user says otherwise. */
const defaultUrl = 'https://api.openai.com/v1'

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The model that is asked, from what the user says; `version` is that of what it is told. */
export function addressOf(
  purpose: Purpose,
  { model, asked, version }: Readonly<{ model: string; asked: string | null; version: number }>,
): ModelAddress {
  const url = checkedUrl(purpose, asked ?? defaultUrl)
  return { id: model, url, hash: hashOf(`${purpose}/${version}|${url}|${model}`) }
}

/** A URL without anything secret in it, since it is kept with the run. */
function checkedUrl(purpose: Purpose, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash
  if (isPlain && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/+$/, '')
  // What was given may hold a key, so it is not repeated.
  throw new FiredrillError('bad-argument', `--${purpose}-url is no plain http or https URL.`, {
    hint: `Give the base URL alone, without user, password or query: --${purpose}-url ${defaultUrl}. The key belongs in ${ownKey(purpose)}.`,
  })
}

/** The variable for the key of a model's server. */
export const ownKey = (purpose: Purpose): string => `FIREDRILL_${purpose.toUpperCase()}_KEY`

/** Which variable has the key for a server; null when none of those that may be sent there is set. */
export function keyVariable(purpose: Purpose, url: string, env: Environment): string | null {
  const own = ownKey(purpose)
  if (env[own]) return own
  // OpenAI's key is for OpenAI: nobody means to hand it to another server.
  return isOpenai(url) && env['OPENAI_API_KEY'] ? 'OPENAI_API_KEY' : null
}

const isOpenai = (url: string): boolean => new URL(url).origin === new URL(defaultUrl).origin

/** Whether a server is on this machine and so needs no key. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** The model itself; throws before anything runs when its key is missing or its server cannot be reached. */
export async function readyModel(
  purpose: Exclude<Purpose, 'model'>,
  address: ModelAddress,
  { env, seconds }: Readonly<{ env: Environment; seconds: number }>,
): Promise<AskedModel> {
  const { id, url } = address
  const key = await keyFor(purpose, address, { env, seconds })
  // Taken before the seams are cut: its calls are none of the system's, even while a trial waits for one.
  return openaiCompatible(
    { url, model: id, key },
    { fetch: globalThis.fetch, clock: realClock, milliseconds: 1000 * seconds },
  )
}

/** The key for a model's server, null when it needs none; throws when it is missing or nobody answers there. */
export async function keyFor(
  purpose: Purpose,
  { id, url }: Pick<ModelAddress, 'id' | 'url'>,
  { env, seconds }: Readonly<{ env: Environment; seconds: number }>,
): Promise<string | null> {
  const variable = keyVariable(purpose, url, env)
  if (variable === null && !isLoopback(url)) {
    throw new FiredrillError('bad-config', `There is no key for the ${calledBy(purpose)} ${id}.`, {
      hint: `Set ${ownKey(purpose)}${isOpenai(url) ? ' or OPENAI_API_KEY' : ''} to the key of ${url}, or leave out --${purpose === 'model' ? purpose : `${purpose}-model`}.`,
    })
  }
  await requireServer(purpose, url, seconds)
  return variable === null ? null : (env[variable] ?? null)
}

const calledBy = (purpose: Purpose): string => (purpose === 'model' ? 'model' : `${purpose} model`)

/** Any answer will do, and the key is not shown for it: it costs nothing and says that somebody is there. */
async function requireServer(purpose: Purpose, url: string, seconds: number): Promise<void> {
  const controller = new AbortController()
  const callOff = realClock.after(1000 * Math.min(10, seconds), () => controller.abort())
  try {
    const { body } = await fetch(`${url}/models`, { redirect: 'manual', signal: controller.signal })
    await body?.cancel()
  } catch {
    throw new FiredrillError(
      'bad-config',
      `The ${calledBy(purpose)}'s server cannot be reached: ${url}.`,
      {
        hint: `Start it, or set --${purpose}-url (FIREDRILL_${purpose.toUpperCase()}_URL) to the base URL of a server with /chat/completions.`,
      },
    )
  } finally {
    callOff()
  }
}

/** A model that nobody asks, where all that it could be asked has been kept. */
export const silentModel = (id: string): AskedModel => ({
  id,
  ask: async () => ({
    kind: 'failed',
    failure: 'unreachable',
    because: 'nobody is asked, and the run has not kept this answer',
    calls: 0,
    tokens: 0,
  }),
})
