import { refusedSettings } from './completion.js'

/**
 * A fetch that sends a request again without a setting that the server refuses: some models take no temperature. Nothing
 * else is ever sent twice.
 */
export function settingsFetch(fetch: typeof globalThis.fetch, optional: readonly string[]) {
  const unwanted = new Set<string>()
  return async (...[input, init]: Parameters<typeof fetch>): Promise<Response> => {
    const response = await fetch(input, without(init, unwanted))
    if (response.status !== 400) return response
    const refused = refusedSettings(await response.clone().text(), optional)
    const news = refused.filter((name) => !unwanted.has(name))
    if (news.length === 0) return response
    for (const name of news) unwanted.add(name)
    return fetch(input, without(init, unwanted))
  }
}

function without(init: RequestInit | undefined, names: ReadonlySet<string>) {
  if (names.size === 0 || typeof init?.body !== 'string') return init
  const members = Object.entries(JSON.parse(init.body) as Record<string, unknown>)
  const body = JSON.stringify(Object.fromEntries(members.filter(([name]) => !names.has(name))))
  const headers = new Headers(init.headers)
  headers.delete('content-length')
  return { ...init, body, headers }
}
