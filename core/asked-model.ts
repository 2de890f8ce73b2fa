/** One message of the conversation with a model that Firedrill itself asks. */
export type AskedMessage = Readonly<{ role: 'user' | 'assistant'; content: string }>

/** Why there was no answer: none in time, a status, no connection, or something that is no answer. */
export type AskedFailure = 'timeout' | 'http' | 'unreachable' | 'no-completion'

/** What came back, and what it took: requests sent, and tokens if the server told; null when it did not. */
export type AskedReply = Readonly<{ calls: number; tokens: number | null }> &
  (
    | Readonly<{
        kind: 'text'
        text: string
        /** Which model the server says has answered; null when it does not say. */
        answeredBy: string | null
      }>
    /** There was no answer; `because` says it in words, none of which a server said. */
    | Readonly<{ kind: 'failed'; failure: AskedFailure; because: string }>
  )

/**
 * A model that Firedrill asks for itself: an injector model writes the changed text of a fault in place of the program, a
 * judge model says what no program can tell. Neither ever answers for an agent.
 */
export type AskedModel = Readonly<{
  id: string
  /** Asks once and never throws: what goes wrong is a reply. Equal seeds ask for equal answers. */
  ask: (messages: readonly AskedMessage[], seed: number) => Promise<AskedReply>
}>

/** Which model is asked, and where; `hash` changes whenever it may say something else. */
export type ModelAddress = Readonly<{ id: string; url: string; hash: string }>
