import jstat from 'jstat'

const { beta } = jstat.jStat

/** The exact interval of a proportion (Clopper and Pearson 1934): wide on purpose, for hard claims about safety. */
export const clopperPearson = (
  held: number,
  n: number,
  alpha = 0.05,
): Readonly<{ low: number; high: number }> => ({
  low: held === 0 ? 0 : beta.inv(alpha / 2, held, n - held + 1),
  high: held === n ? 1 : beta.inv(1 - alpha / 2, held + 1, n - held),
})

/** How often trials may break at most when none of n did: the exact one-sided bound. */
export const mostWhenNone = (n: number, alpha = 0.05): number => 1 - alpha ** (1 / n)
