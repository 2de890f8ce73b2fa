/**
 * A pure function of a text that keeps its last results: a fault reads one payload several times, when a site is
 * considered, when it acts and when its effect is checked, and all faults of a task read the same task.
 */
export function remembered<Result>(make: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) return known
    const made = make(text)
    const [oldest] = results.keys()
    if (results.size >= mostTexts && oldest !== undefined) results.delete(oldest)
    if (text.length <= longestText) results.set(text, made)
    return made
  }
}

const mostTexts = 256
const longestText = 50_000
