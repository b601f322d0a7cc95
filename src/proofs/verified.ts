declare const verified: unique symbol

/** A value whose proof was checked. Only `src/proofs` makes one; the scene shows nothing else as live. */
export type Verified<T> = T & { readonly [verified]: true }
