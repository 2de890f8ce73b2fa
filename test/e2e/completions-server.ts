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
  /** All that was sent. */
  body: Body
}>

/** The body of a request of Chat Completions. */
type Body = Readonly<{
  model: string
  messages: readonly Readonly<{ role: string; content: string }>[]
  tools?: readonly Readonly<{ function: { name: string } }>[]
  temperature?: number
}>

/** A call of a tool in place of a text. */
type Call = Readonly<{ call: string; args: Readonly<Record<string, unknown>> }>

/** What the server says: the content of its message, a call, a status with or without words, or nothing at all. */
export type Say = (
  request: Request,
) => string | number | Call | Readonly<{ status: number; error: string }> | 'silence'

/** An answer in the form that injector models are asked for. */
export const answer = (changed: string): string => JSON.stringify({ changed, edits: [] })

/** A server with the interface of Chat Completions, on this machine, that answers by a script. */
export async function completionsServer(script: Say) {
  const requests: Request[] = []
  let say = script
  const server = createServer(async (incoming, response) => {
    if (incoming.method === 'GET') return void response.end('{}')
    const body = JSON.parse(await bodyOf(incoming)) as Body
    const { messages } = body
    const prompt = messages[0]?.content ?? ''
    const request: Request = {
      fault: /4\. Rule\n([\w-]+):/.exec(prompt)?.[1] ?? '',
      payload: /6\. Payload\n(`+)\n([\s\S]*?)\n\1\n\n7\. Keep/.exec(prompt)?.[2] ?? '',
      prompt,
      attempt: (messages.length + 1) / 2,
      authorization: incoming.headers.authorization,
      body,
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

function respond(response: ServerResponse, answered: ReturnType<Say>): void {
  const said = typeof answered === 'number' ? { status: answered, error: 'Broken.' } : answered
  if (said === 'silence') return
  if (typeof said === 'object' && 'status' in said) {
    response.setHeader('content-type', 'application/json')
    response.writeHead(said.status).end(JSON.stringify({ error: { message: said.error } }))
    return
  }
  const message = messageOf(said)
  const usage = { prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ model: 'scripted-1', choices: [{ message }], usage }))
}

function messageOf(said: string | Call) {
  if (typeof said === 'string') return { role: 'assistant', content: said }
  const { call: name, args } = said
  const call = {
    id: 'call-1',
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }
  return { role: 'assistant', content: null, tool_calls: [call] }
}
