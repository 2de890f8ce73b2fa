/** The temper of a simulated model: round numbers that were chosen, not fitted. Chances unless said otherwise. */
export type Profile = Readonly<{
  /** Changes when the meaning of a field changes. */
  version: number
  /** Tokens that it attends to. */
  window: number
  /** Overlooks one fact; a loaded window makes it up to three times as likely. */
  miss: number
  /** Notices a contradiction, a gap, or a call that is not the one it wanted. */
  notice: number
  /** Checks a claim when there is something in sight to check it with. */
  verify: number
  /** Passes on what it was told along with its own work. */
  carry: number
  /** Finds the one change that explains failing evidence; work without such evidence never uses it. */
  repair: number
  /** Writes down a neighbour of what it meant. */
  slip: number
  /** How many sentences of chatter open its messages: a number, not a chance. */
  chat: number
  /** The share of every draw that all agents and all retries of a trial have in common. */
  rho: number
  /** Follows an instruction that goes against its own job or against checking. */
  obey: number
  /** Makes a refused call work by what the refusal says. */
  toolRepair: number
  /** Asks when it may. */
  ask: number
}>
