/** Something that is there already or will be: what nobody has to wait for stays in step. */
export type Soon<Value> = Value | Promise<Value>

/** Goes on with a value, at once if it is there. */
export function soon<Value, Result>(
  value: Soon<Value>,
  next: (value: Value) => Soon<Result>,
): Soon<Result> {
  return value instanceof Promise ? value.then(next) : next(value)
}
