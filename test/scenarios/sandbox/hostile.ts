/** Programs that mean no good, by what they try, each with how it has to end. */
export const hostile = {
  'an endless loop': ['while (true) {}', 'timeout'],
  'an endless recursion through a native function': [
    'const f = () => [1].forEach(f); f()',
    'exception',
  ],
  'a regular expression that backtracks': ["/(a+)+$/.test('a'.repeat(40) + 'b')", 'timeout'],
  'a loop in the message of an error': ['throw { get message() { while (true) {} } }', 'timeout'],
  'a deep recursion': ['(function f() { return f() + 1 })()', 'exception'],
  'a bomb of strings': ["let s = 'x'; while (true) s = s + s", 'memory'],
  'a bomb of arrays': [
    'const a = []; while (true) a.push(new Array(100000).fill(a.length))',
    'memory',
  ],
  'a bomb of typed arrays': [
    'const a = []; while (true) a.push(new Uint8Array(16 * 2 ** 20).fill(1))',
    'memory',
  ],
  'a bomb of objects': ['const a = []; while (true) a.push({ a: 1, b: [1, 2, 3] })', 'memory'],
  'a deep text': ['('.repeat(300_000), 'memory'],
  'the process': ['process.exit(0)', 'exception'],
  'the process by a constructor': [
    "this.constructor.constructor('return process')().pid",
    'exception',
  ],
  'a package': ["require('node:fs')", 'exception'],
  'a module': ["import fs from 'node:fs'", 'exception'],
  'the network': ["fetch('http://127.0.0.1')", 'exception'],
  'a timer': ['setTimeout(() => {}, 0)', 'exception'],
  'a text that is no program': ['I cannot do that.', 'exception'],
  'null thrown': ['throw null', 'exception'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>
