import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { FiredrillError, nameOf } from '../core/errors.js'
import type { Model } from '../core/model.js'
import type { Endpoint } from './openai-compatible.js'
import { settingsFetch } from './settings-fetch.js'

/** LangChain's client for OpenAI-compatible servers, which users install when they want it. */
export const openaiClient = '@langchain/openai'

/** What is used of LangChain's client for OpenAI-compatible servers. */
type Client = Readonly<{ ChatOpenAI: new (fields: Fields) => BaseChatModel }>

type Fields = Readonly<{
  model: string
  apiKey: string
  temperature: number
  maxRetries: number
  useResponsesApi: boolean
  configuration: Readonly<{ baseURL: string; fetch: typeof fetch }>
}>

/** A real model for the agents, as far as a plan needs it: it can be named, and nobody can ask it yet. */
export function plannedChat({ id, hash }: Readonly<{ id: string; hash: string }>): Model {
  return {
    ...{ id, hash, kind: 'provider', summary: realModel },
    create() {
      throw new FiredrillError('internal', `${id} was planned and is not ready.`, {
        hint: 'Nothing may be executed before it is.',
      })
    },
  }
}

/** The summary of every real model. */
export const realModel =
  'A real model behind a server with OpenAI’s Chat Completions interface; --model-url says which.'

/** The same model, ready to be asked. Its client is a package that users install when they want it. */
export async function readyChat(
  planned: Model,
  { url, model, key }: Endpoint,
  reach: Readonly<{ fetch: typeof fetch; load?: () => Promise<Client> }>,
): Promise<Model> {
  const { ChatOpenAI } = await loaded(planned.id, reach.load ?? installed)
  const configuration = { baseURL: url, fetch: settingsFetch(reach.fetch, ['temperature']) }
  return {
    ...planned,
    outage: outageIn,
    create: () =>
      new ChatOpenAI({
        model,
        // The client insists on a key; a server that wants none does not look at it.
        apiKey: key ?? 'none',
        temperature: 0,
        maxRetries: 0,
        useResponsesApi: false,
        configuration,
      }),
  }
}

const installed = () => import('@langchain/openai')

async function loaded(id: string, load: () => Promise<Client>): Promise<Client> {
  try {
    return await load()
  } catch (cause) {
    throw new FiredrillError('unsupported', `${id} needs the package ${openaiClient}.`, {
      hint: `Install it beside Firedrill: npm install --save-dev ${openaiClient}.`,
      cause,
    })
  }
}

/** A server that is overloaded, broken, gone or does not let us in says nothing about the system that asked it. */
function outageIn(error: unknown): string | null {
  const { status } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown
  }
  if (typeof status === 'number') {
    return [401, 403, 404, 408, 429].includes(status) || status >= 500
      ? `the model's server said HTTP ${status}`
      : null
  }
  const isGone = /^APIConnection(Timeout)?Error$/.test(nameOf(error)) || isConnection(error)
  return isGone ? "the model's server cannot be reached" : null
}

// The SDK's errors are all named Error.
const isConnection = (error: unknown): boolean =>
  error instanceof Error && /^APIConnection/.test(error.constructor.name)
