import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a request asked for, as far as tests want to know. */
export type Request = Readonly<{
  fault: string
  payload: string
  prompt: string
  /** 1 for the first try, 2 for the second. */
  attempt: number
  authorization: string | undefined
}>

/** What the server says: the content of its message, a status, or nothing at all. */
export type Say = (request: Request) => string | number | 'silence'

/** An answer in the form that injector models are asked for. */
export const answer = (changed: string): string => JSON.stringify({ changed, edits: [] })

/** A server with the interface of Chat Completions, on this machine, that answers by a script. */
export async function completionsServer(script: Say) {
  const requests: Request[] = []
  let say = script
  const server = createServer(async (incoming, response) => {
    if (incoming.method === 'GET') return void response.end('{}')
    const { messages } = JSON.parse(await bodyOf(incoming)) as {
      messages: readonly { content: string }[]
    }
    const prompt = messages[0]?.content ?? ''
    const request: Request = {
      fault: /4\. Rule\n([\w-]+):/.exec(prompt)?.[1] ?? '',
      payload: /6\. Payload\n(`+)\n([\s\S]*?)\n\1\n\n7\. Keep/.exec(prompt)?.[2] ?? '',
      prompt,
      attempt: (messages.length + 1) / 2,
      authorization: incoming.headers.authorization,
    }
    requests.push(request)
    respond(response, say(request))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    says(script: Say) {
      say = script
      requests.length = 0
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of incoming.setEncoding('utf8')) body += part
  return body
}

function respond(response: ServerResponse, said: ReturnType<Say>): void {
  if (said === 'silence') return
  if (typeof said === 'number') {
    response.writeHead(said).end('{"error":{"message":"Broken."}}')
    return
  }
  const message = { role: 'assistant', content: said }
  const usage = { prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ model: 'scripted-1', choices: [{ message }], usage }))
}
