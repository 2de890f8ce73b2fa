import type { BuildContext, System } from '../core/system.js'

type Build = System['build']

/** A build in which some defences are always off: the system does without them, or only its variants have them. */
export function leavingOut(build: Build, ...defences: readonly string[]): Build {
  return (context: BuildContext) =>
    build({ ...context, without: new Set([...context.without, ...defences]) })
}
