import type { ModelAddress } from '../core/asked-model.js'
import type { PackageCopy } from '../engine/seams/copies.js'
import { openaiClient } from '../models/openai-chat.js'
import { type Environment, isLoopback, keyVariable, ownKey, type Purpose } from './asked-models.js'
import { plannedInjector } from './injector.js'
import { plannedJudge } from './judge.js'

/** Something that a run may need, and what to do about it when it is not in order. */
export type Check = Readonly<{ name: string; ok: boolean; found: string; remedy: string }>

/** Which variable has a key for real models, by its name, never the key. Nobody has to have one. */
export function keyCheck(env: Environment): Check {
  const own = ownKey('model')
  const [first, second] = [own, 'OPENAI_API_KEY'].filter((name) => env[name])
  return { name: 'model key', ok: true, found: keyText(first, second, own), remedy: '' }
}

function keyText(first: string | undefined, second: string | undefined, own: string): string {
  if (first === undefined) {
    return `none: simulated models need none, openai:NAME needs ${own} or OPENAI_API_KEY`
  }
  if (second !== undefined) return `${first} and ${second} are set; the first one is used`
  return first === own ? `${first} is set` : `${first} is set; it is shown to OpenAI only`
}

/** Whether the package is there that only real models need. */
export const clientCheck = (copy: Pick<PackageCopy, 'version'> | null): Check => ({
  name: openaiClient,
  ok: true,
  found:
    copy?.version ??
    `not installed; only openai:NAME needs it: npm install --save-dev ${openaiClient}`,
  remedy: '',
})

/** What is set for the injector model and for the judge model. */
export function askedChecks(env: Environment): readonly Check[] {
  const [injector, judge] = [env['FIREDRILL_INJECTOR_MODEL'], env['FIREDRILL_JUDGE_MODEL']]
  const [injectorUrl, judgeUrl] = [env['FIREDRILL_INJECTOR_URL'], env['FIREDRILL_JUDGE_URL']]
  const unnamed = '(not named)'
  const checks = [
    {
      purpose: 'injector',
      address:
        injector || injectorUrl ? plannedInjector(injector || unnamed, injectorUrl || null) : null,
      nobody: 'none: programs write faults',
    },
    {
      purpose: 'judge',
      address:
        judge || judgeUrl
          ? plannedJudge({ 'judge-model': judge || unnamed, 'judge-url': judgeUrl || undefined })
          : null,
      nobody: 'none: programs alone say what became of faults',
    },
  ] as const
  return checks.map(({ purpose, address, nobody }) =>
    address
      ? addressCheck(purpose, address, env)
      : { name: `${purpose} model`, ok: true, found: nobody, remedy: '' },
  )
}

/** What is set for a model that is asked: the name of the variable that has the key, never the key. */
function addressCheck(purpose: Purpose, { id, url }: ModelAddress, env: Environment): Check {
  const variable = keyVariable(purpose, url, env)
  const key = variable ? `key from ${variable}` : isLoopback(url) ? 'no key needed' : 'no key'
  return {
    name: `${purpose} model`,
    ok: variable !== null || isLoopback(url),
    found: `${id} at ${url}, ${key}`,
    remedy: `Set ${ownKey(purpose)} to the key of that server.`,
  }
}
