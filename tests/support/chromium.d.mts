export function chromiumPath(): string
export const chromiumArgs: readonly string[]
