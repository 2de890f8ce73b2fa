/** One message of the conversation with an injector model. */
export type InjectorMessage = Readonly<{ role: 'user' | 'assistant'; content: string }>

/** What came back, and what it took: requests sent, and tokens if the server told; null when it did not. */
export type InjectorReply = Readonly<{ calls: number; tokens: number | null }> &
  (
    | Readonly<{
        kind: 'text'
        text: string
        /** Which model the server says has answered; null when it does not say. */
        answeredBy: string | null
      }>
    /** There was no answer; `because` names the failure and holds nothing that a server said. */
    | Readonly<{ kind: 'failed'; because: string }>
  )

/** A model that writes the changed text of a fault in place of the program. It never answers for an agent. */
export type InjectorModel = Readonly<{
  id: string
  /** Asks once and never throws: what goes wrong is a reply. Equal seeds ask for equal answers. */
  ask: (messages: readonly InjectorMessage[], seed: number) => Promise<InjectorReply>
}>

/** Which injector model a plan has; `hash` changes whenever its texts may have changed. */
export type PlannedInjector = Readonly<{ id: string; url: string; hash: string }>
