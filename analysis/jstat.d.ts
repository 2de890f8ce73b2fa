declare module 'jstat' {
  type Distribution = Readonly<{
    cdf: (x: number, ...parameters: readonly number[]) => number
    inv: (p: number, ...parameters: readonly number[]) => number
  }>
  const jstat: Readonly<{ jStat: Readonly<{ normal: Distribution; studentt: Distribution }> }>
  export = jstat
}
