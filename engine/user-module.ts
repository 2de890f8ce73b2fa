import { pathToFileURL } from 'node:url'

/**
 * Imports a module of the user's. TypeScript goes through jiti; so does everything when some modules shall be `known`:
 * a name that is found without being installed.
 */
export async function importModule(
  path: string,
  known: Readonly<Record<string, unknown>> | null = null,
): Promise<Readonly<Record<string, unknown>>> {
  if (!known && !/\.[cm]?tsx?$/.test(path)) return await import(pathToFileURL(path).href)
  const { createJiti } = await import('jiti')
  const jiti = createJiti(pathToFileURL(path).href, {
    moduleCache: true,
    fsCache: false,
    ...(known ? { virtualModules: { ...known } } : {}),
  })
  return await jiti.import(path)
}
