declare module 'jstat' {
  type Distribution = Readonly<{
    inv: (p: number, ...parameters: readonly number[]) => number
    cdf: (x: number, ...parameters: readonly number[]) => number
  }>
  const jstat: Readonly<{
    jStat: Readonly<{ normal: Distribution; studentt: Distribution; beta: Distribution }>
  }>
  export = jstat
}
