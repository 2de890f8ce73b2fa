/** Any one of these on "true" sends every faulted trial to a server. */
const variables = [
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_TRACING',
  'LANGCHAIN_TRACING',
] as const

/** Which of them were on when the process began. */
export const tracingFound: readonly string[] = variables.filter(
  (name) => process.env[name] === 'true',
)

/** Takes all of them out of the environment of this process. */
export function switchTracingOff(): void {
  for (const name of variables) delete process.env[name]
}
