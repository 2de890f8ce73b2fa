import type { AskedFailure, AskedMessage, AskedModel, AskedReply } from '../core/asked-model.js'
import type { Clock } from '../core/clock.js'
import { completionOf, refusedSettings } from './completion.js'
import { bodyOf } from './response-body.js'

/** A server with the Chat Completions interface of OpenAI, and the model that is asked there. */
export type Endpoint = Readonly<{
  /** Base URL such as `https://api.openai.com/v1`. */
  url: string
  model: string
  /** Null for servers that want none. It is sent as a bearer token and stands in nothing that comes out of here. */
  key: string | null
}>

/** What the client reaches for, handed down. */
export type Reach = Readonly<{
  fetch: typeof globalThis.fetch
  clock: Clock
  /** How long one request may take. */
  milliseconds: number
}>

/** Seconds before a request that failed is sent again; there are no more tries than these. */
const waits = [0.5, 2] as const

/** A server may ask for more patience than that, but not for more than this. */
const mostSeconds = 20

/** Settings that some models refuse; they are left out as soon as one does. */
type Settings = Readonly<Record<string, number>>

type Attempt =
  | Readonly<{ kind: 'answered'; text: string; answeredBy: string | null; tokens: number | null }>
  | Readonly<{ kind: 'refused'; settings: readonly string[] }>
  | (Failure & Readonly<{ kind: 'failed'; isPassing: boolean; after: number | null }>)

type Failure = Readonly<{ failure: AskedFailure; because: string }>

/** A model behind a Chat Completions interface. Only failures of the infrastructure are tried again. */
export function openaiCompatible(endpoint: Endpoint, reach: Reach): AskedModel {
  const unwanted = new Set<string>()
  const accepted = async (messages: readonly AskedMessage[], seed: number): Promise<Sent> => {
    for (let calls = 1; ; calls++) {
      const wanted = Object.entries({ temperature: 0, seed })
      const settings = Object.fromEntries(wanted.filter(([name]) => !unwanted.has(name)))
      const attempt = await send(endpoint, reach, { messages, settings })
      if (attempt.kind !== 'refused') return { ...attempt, calls }
      for (const name of attempt.settings) unwanted.add(name)
    }
  }
  return {
    id: endpoint.model,
    async ask(messages, seed) {
      let earlier = 0
      for (const wait of [...waits, null]) {
        const sent = await accepted(messages, seed)
        const calls = earlier + sent.calls
        if (sent.kind === 'answered') return answered(sent, calls)
        if (wait === null || !sent.isPassing) return failed(sent, calls)
        earlier = calls
        await slept(reach.clock, Math.min(mostSeconds, Math.max(wait, sent.after ?? 0)))
      }
      return failed({ failure: 'unreachable', because: 'no answer' }, earlier)
    },
  }
}

type Sent = Exclude<Attempt, { kind: 'refused' }> & Readonly<{ calls: number }>

const answered = (
  { text, answeredBy, tokens }: Extract<Sent, { kind: 'answered' }>,
  calls: number,
): AskedReply => ({ kind: 'text', text, answeredBy, calls, tokens })

/** A failure has no usage: what a server counted before it failed is not told. */
const failed = ({ failure, because }: Failure, calls: number): AskedReply => ({
  ...{ kind: 'failed', failure, because, calls },
  tokens: 0,
})

const slept = (clock: Clock, seconds: number): Promise<void> =>
  new Promise((done) => {
    clock.after(seconds * 1000, done)
  })

type Question = Readonly<{ messages: readonly AskedMessage[]; settings: Settings }>

async function send(
  { url, model, key }: Endpoint,
  { fetch, clock, milliseconds }: Reach,
  { messages, settings }: Question,
): Promise<Attempt> {
  const controller = new AbortController()
  const callOff = clock.after(milliseconds, () => controller.abort())
  try {
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, messages, ...settings }),
      // A redirection could carry the key to another server.
      redirect: 'error',
      signal: controller.signal,
    })
    return attemptOf(response, await bodyOf(response), { settings, key })
  } catch {
    const why: Failure = controller.signal.aborted
      ? { failure: 'timeout', because: `no answer within ${milliseconds / 1000} s` }
      : { failure: 'unreachable', because: 'the server cannot be reached' }
    return { kind: 'failed', ...why, isPassing: true, after: null }
  } finally {
    callOff()
  }
}

function attemptOf(
  response: Response,
  body: string | null,
  { settings, key }: Readonly<{ settings: Settings; key: string | null }>,
): Attempt {
  const { ok, status, headers } = response
  if (ok) return completed(body, key)
  const refused = status === 400 ? refusedSettings(body ?? '', Object.keys(settings)) : []
  if (refused.length > 0) return { kind: 'refused', settings: refused }
  const after = Number(headers.get('retry-after') ?? Number.NaN)
  return {
    ...{ kind: 'failed', failure: 'http', because: `HTTP ${status}` },
    isPassing: status === 429 || status >= 500,
    after: Number.isFinite(after) ? after : null,
  }
}

function completed(body: string | null, key: string | null): Attempt {
  const completion = body === null ? null : completionOf(body)
  if (!completion) {
    const because = 'the server did not answer with a chat completion'
    return { kind: 'failed', failure: 'no-completion', because, isPassing: false, after: null }
  }
  const { text, answeredBy, tokens } = completion
  // A server that repeats the key must not bring it into a run's folder.
  const clean = (said: string) => (key === null ? said : said.replaceAll(key, '[secret]'))
  return {
    ...{ kind: 'answered', text: clean(text), tokens },
    answeredBy: answeredBy === null ? null : clean(answeredBy),
  }
}
