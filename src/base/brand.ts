declare const brand: unique symbol

/** A value that carries a name only the compiler sees, so that two kinds of id or frame cannot be mixed up. */
export type Brand<Value, Name extends string> = Value & {
  readonly [brand]: Name
}
