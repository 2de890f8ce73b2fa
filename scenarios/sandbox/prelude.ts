/** The one moment that programs see: 2031-05-01, midnight. */
const now = Date.UTC(2031, 4, 1)

/**
 * What every program finds: a console that prints nothing, somewhere to export to, a clock that stands still, and chance
 * that is the same each time. Nothing else is added to the language.
 */
export const prelude = `
var console = { log() {}, info() {}, warn() {}, error() {}, debug() {}, assert() {} }
var module = { exports: {} }
var exports = module.exports
;(() => {
  let state = 1
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const Real = Date
  globalThis.Date = class Date extends Real {
    constructor(...parts) {
      if (parts.length === 0) super(${now})
      else super(...parts)
    }
    static now() { return ${now} }
  }
})()
`
