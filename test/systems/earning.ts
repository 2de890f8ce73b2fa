/** Where a defence earns its place: work and a fault on which leaving it out costs right answers. */
export type Earning = Readonly<{
  /** A fault as `-f` takes it: its id, with parameters and trigger if the usual ones do not do. */
  fault: string
  /** Where it fires, as `--site` takes it. Default: as the fault declares. */
  site?: string
  /** Default: table-qa. */
  scenario?: string
  /** Default: sim-strong. */
  model?: string
  tasks: number
  /** At most so many calls in a trial, as `--trial-calls` takes it: 12 or 2x. Default: no limit but the usual one. */
  trialCalls?: string
  /** Defences that stand in for this one: left out on both sides, or its own loss would not be seen. */
  beside?: readonly string[]
}>

/** For every defence of a system's own where it earns its place; in `test/systems/<id>/earns.ts`. */
export type Earns = Readonly<Record<string, Earning>>
