import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { currentCall, currentTrial, type OpenTrial } from './context.js'
import type { Patch } from './install.js'
import { around } from './model-call.js'
import { anthropic } from './wire-anthropic.js'
import { eventsIn } from './wire-events.js'
import type { Told, WireForm } from './wire-form.js'
import { type Json, parsedJson } from './wire-json.js'
import { openai } from './wire-openai.js'

type Fetch = typeof globalThis.fetch

/** One request to a model, read. */
type Asked = Readonly<{
  form: WireForm
  request: Request
  body: Json
  told: readonly Told[]
  /** What would have been called without the seam: the network, or what stands in its place. */
  send: Fetch
}>

/** What came back; without a message where it is an error or nobody's form. */
type Received = { response?: Response; answer?: Json; message?: AIMessage }

const forms: readonly WireForm[] = [openai, anthropic]

/**
 * The wire seam: prompt and reply of model calls that are made with `fetch` and not by LangChain.
 *
 * What LangChain sends belongs to a call that the model seam sees already. What stood in the place of `fetch` before,
 * such as a mock of the user's, is what answers.
 */
export function patchFetch(scope: object, patch: Patch): void {
  patch(scope, 'fetch', (original) => {
    const send = original as Fetch
    return function (this: unknown, ...given: Parameters<Fetch>) {
      const form = formOf(given[0])
      const trial = form && !currentCall() ? currentTrial() : null
      return form && trial ? watched(trial, form, { send, given }) : send.apply(this, given)
    }
  })
}

function formOf(input: unknown): WireForm | null {
  const url = input instanceof Request ? input.url : String(input)
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return forms.find((form) => path.endsWith(form.path)) ?? null
}

async function watched(
  trial: OpenTrial,
  form: WireForm,
  { send, given }: Readonly<{ send: Fetch; given: Parameters<Fetch> }>,
): Promise<Response> {
  const request = new Request(...given)
  const body = request.method === 'POST' ? parsedJson(await request.clone().text()) : null
  const told = body && form.prompt(body)
  if (!body || !told) return send(request)
  return asked(trial, { form, request, body, told, send })
}

async function asked(trial: OpenTrial, ask: Asked): Promise<Response> {
  const { form, body, told } = ask
  const received: Received = {}
  const refused = new Error('The reply holds no message.')
  const messages = told.map(({ message }) => message)
  try {
    const message = await around(trial, messages, { tools: toolsIn(body) }, async (given) => {
      Object.assign(received, await sent(ask, given))
      if (!received.message) throw refused
      return received.message
    })
    if (received.response && message === received.message) return received.response
    return rewritten(form.answer(message, received.answer ?? null, body), ask, received.response)
  } catch (error) {
    // An error of the provider is the system's to handle, and it is given to it as it came.
    if (error === refused && received.response) return received.response
    throw error
  }
}

async function sent(ask: Asked, messages: readonly BaseMessage[]): Promise<Received> {
  const { form, send } = ask
  const response = await send(requestWith(ask, messages))
  const text = response.ok ? await wholeText(response) : null
  const answer = text && (isStream(response) ? form.assembled(eventsIn(text)) : parsedJson(text))
  const message = answer ? form.reply(answer) : null
  return answer && message ? { response, answer, message } : { response }
}

/** The text of a reply that can be read once more; null if it breaks off, which its reader shall find out itself. */
async function wholeText(response: Response): Promise<string | null> {
  try {
    return await response.clone().text()
  } catch {
    return null
  }
}

function requestWith(
  { form, request, body, told }: Asked,
  messages: readonly BaseMessage[],
): Request {
  const isSame =
    messages.length === told.length && told.every(({ message }, at) => message === messages[at])
  if (isSame) return request.clone()
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  const changed = JSON.stringify(form.request(body, told, messages))
  return new Request(request.clone(), { headers, body: changed })
}

/** A reply that says something else, in the form in which it was asked for. */
function rewritten(answer: Json, { form, body }: Asked, response: Response | undefined): Response {
  const isStreamed = response ? isStream(response) : body['stream'] === true
  const headers = new Headers(response?.headers)
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding'])
    headers.delete(name)
  if (!response) headers.set('content-type', isStreamed ? 'text/event-stream' : 'application/json')
  const text = isStreamed ? form.events(answer, body).join('') : JSON.stringify(answer)
  const { status = 200, statusText = '' } = response ?? {}
  return new Response(text, { status, statusText, headers })
}

const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.includes('text/event-stream') ?? false

const toolsIn = ({ tools }: Json): readonly unknown[] => (Array.isArray(tools) ? tools : [])
