import type { BuildContext, System } from '../core/system.js'

type Build = System['build']

/** A build in which some defences are off, whatever is asked for: variants of the system have them. */
export function leavingOut(build: Build, ...defences: readonly string[]): Build {
  return (context: BuildContext) =>
    build({ ...context, without: new Set([...context.without, ...defences]) })
}
