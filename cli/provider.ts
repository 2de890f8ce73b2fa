import { FiredrillError } from '../core/errors.js'
import type { Model } from '../core/model.js'
import { expand } from '../engine/plan.js'
import { plannedChat, readyChat } from '../models/openai-chat.js'
import { addressOf, type Environment, keyFor } from './asked-models.js'
import type { ReadyPlan } from './plan-of.js'

/** Raised whenever the same model may be asked in another way: its settings are part of what is measured. */
const settingsVersion = 1

const prefix = 'openai:'

/** What is known of a real model before it is ready. */
type Planned = Model & Readonly<{ url: string }>

const isPlanned = (model: Model | null): model is Planned => model !== null && 'url' in model

/** The real model that a name asks for, `openai:gpt-5-mini`; null when the name means another kind of model. */
export function plannedProvider(name: string, asked: string | null): Model | null {
  if (!name.startsWith(prefix)) return null
  const model = name.slice(prefix.length)
  if (model === '' || /\s/.test(model)) {
    throw new FiredrillError('bad-argument', `"${name}" names no model.`, {
      hint: 'Write the name that its server knows: --model openai:gpt-5-mini.',
    })
  }
  const address = addressOf('model', { model, asked, version: settingsVersion })
  const planned: Planned = { ...plannedChat({ id: name, hash: address.hash }), url: address.url }
  return planned
}

/** The same plan with a real model that can be asked, unless nothing is left to ask; throws when its package, its key or its server is missing. */
export async function readyToAnswer(
  ready: ReadyPlan,
  { env, done = new Set() }: Readonly<{ env: Environment; done?: ReadonlySet<string> }>,
): Promise<ReadyPlan> {
  const { model } = ready.plan
  if (!isPlanned(model)) return ready
  const isDone = expand(ready.plan).every(({ trials }) => trials.every(({ key }) => done.has(key)))
  if (isDone) return ready
  const { id, url } = model
  const key = await keyFor('model', { id, url }, { env, seconds: 10 })
  // Taken before the seams are cut.
  const { fetch } = globalThis
  const answering = await readyChat(model, { url, model: id.slice(prefix.length), key }, { fetch })
  return { ...ready, plan: { ...ready.plan, model: answering } }
}
