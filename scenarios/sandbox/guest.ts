import release from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  type VmCallResult,
} from 'quickjs-emscripten-core'
import { limits } from './limits.js'
import { prelude } from './prelude.js'
import type { Ended, Program, Value } from './program.js'

/** How a program ended, and whether the interpreter is still to be trusted with another one. */
export type Run = Readonly<{ ended: Ended; isSound: boolean }>

/** Where programs run: an interpreter inside WebAssembly, with a memory of its own that cannot grow without end. */
type Guest = Readonly<{ run: (program: Program) => Run }>

// The types of the package are those of CommonJS, where the default export is one level deeper.
const variant: QuickJSSyncVariant =
  'default' in release ? release.default : (release as unknown as QuickJSSyncVariant)

/** Starts an interpreter. */
export async function newGuest(): Promise<Guest> {
  const wasmMemory = new WebAssembly.Memory(limits.pages)
  const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }))
  return { run: (program) => run(module, program) }
}

function run(module: QuickJSWASMModule, { code, calls }: Program): Run {
  let steps = 0
  const runtime = module.newRuntime({
    memoryLimitBytes: limits.memoryBytes,
    maxStackSizeBytes: limits.stackBytes,
    interruptHandler: () => ++steps > limits.steps,
  })
  const context = runtime.newContext()
  let ended: Ended | null = null
  try {
    const stringify = unwrapped(context.evalCode(`${prelude};JSON.stringify`))
    // Promises are never settled: no value is waited for, and a chain without an end has nothing to hang on.
    ended = evaluated(context, { code, calls, stringify })
    stringify.dispose()
    if (steps > limits.steps) ended = timeout
    context.dispose()
    runtime.dispose()
    return { ended, isSound: true }
  } catch {
    // WebAssembly gave up, at the latest when it was to tidy up after a program that had gone too far.
    return { ended: ended ?? tooMuchMemory, isSound: false }
  }
}

const timeout: Ended = { how: 'timeout', why: 'The program took too many steps.' }
const tooMuchMemory: Ended = { how: 'memory', why: 'The program took too much memory.' }

type Evaluation = Program & Readonly<{ stringify: QuickJSHandle }>

function evaluated(context: QuickJSContext, { code, calls, stringify }: Evaluation): Ended {
  const values: Value[] = []
  const loaded = context.evalCode(code, 'program.js')
  if (loaded.error) return failed(context, loaded.error)
  loaded.value.dispose()
  for (const call of calls) {
    const result = context.evalCode(call, 'call.js')
    if (result.error) return failed(context, result.error)
    values.push(valueIn(context, result.value, stringify))
    result.value.dispose()
  }
  return { how: 'returned', values }
}

function valueIn(context: QuickJSContext, handle: QuickJSHandle, stringify: QuickJSHandle): Value {
  switch (context.typeof(handle)) {
    case 'number':
      return { kind: 'number', number: context.getNumber(handle) }
    case 'boolean':
      return { kind: 'boolean', boolean: context.dump(handle) === true }
    case 'undefined':
      return { kind: 'undefined' }
    case 'string': {
      const text = textOf(context, handle)
      return text === null ? { kind: 'unreadable' } : { kind: 'text', text }
    }
    case 'object': {
      if (context.sameValue(handle, context.null)) return { kind: 'json', json: 'null' }
      const json = jsonOf(context, handle, stringify)
      // An object that writes itself as a number is no number.
      return json !== null && /^[[{]/.test(json) ? { kind: 'json', json } : { kind: 'unreadable' }
    }
    default:
      return { kind: 'unreadable' }
  }
}

// The function was taken before the program came, so what the program puts in its place does not matter.
function jsonOf(context: QuickJSContext, handle: QuickJSHandle, stringify: QuickJSHandle) {
  const result = context.callFunction(stringify, context.undefined, handle)
  const found = result.error ?? result.value
  const text = !result.error && context.typeof(found) === 'string' ? textOf(context, found) : null
  found.dispose()
  return text
}

function textOf(context: QuickJSContext, handle: QuickJSHandle): string | null {
  using length = context.getProp(handle, 'length')
  return context.getNumber(length) <= limits.characters ? context.getString(handle) : null
}

function failed(context: QuickJSContext, error: QuickJSHandle): Ended {
  const ended = context.sameValue(error, context.null)
    ? nothingThrown(context)
    : thrown(
        property(context, error, 'name'),
        property(context, error, 'message'),
        context.typeof(error) === 'string' ? (textOf(context, error) ?? '') : '',
      )
  error.dispose()
  return ended
}

function thrown(name: string, message: string, text: string): Ended {
  if (name === 'InternalError' && /^(out of memory|string too long)$/.test(message)) {
    return tooMuchMemory
  }
  const why = [name, message, text].filter((part) => part !== '').join(': ')
  return { how: 'exception', why: why.slice(0, 200) || 'Something was thrown.' }
}

// When no room is left for an error, null is thrown; a program can throw it as well.
function nothingThrown(context: QuickJSContext): Ended {
  context.runtime.setMemoryLimit(-1)
  using usage = context.runtime.computeMemoryUsage()
  using used = context.getProp(usage, 'memory_used_size')
  const isFull = context.getNumber(used) > limits.memoryBytes / 2
  return isFull ? tooMuchMemory : { how: 'exception', why: 'null was thrown.' }
}

function property(context: QuickJSContext, error: QuickJSHandle, name: string): string {
  if (context.typeof(error) !== 'object') return ''
  using value = context.getProp(error, name)
  return context.typeof(value) === 'string' ? (textOf(context, value) ?? '') : ''
}

function unwrapped(result: VmCallResult<QuickJSHandle>): QuickJSHandle {
  if (result.error) throw new Error('The prelude does not run.')
  return result.value
}
