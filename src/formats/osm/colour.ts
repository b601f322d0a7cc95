/** CSS colour words that mappers use for buildings. Source: W3C CSS Color Module Level 4, section 6.1. */
const WORDS: Readonly<Record<string, number>> = {
  black: 0x000000,
  blue: 0x0000ff,
  brown: 0xa52a2a,
  beige: 0xf5f5dc,
  cream: 0xfffdd0,
  cyan: 0x00ffff,
  darkblue: 0x00008b,
  darkgray: 0xa9a9a9,
  darkgreen: 0x006400,
  darkgrey: 0xa9a9a9,
  darkred: 0x8b0000,
  gold: 0xffd700,
  gray: 0x808080,
  green: 0x008000,
  grey: 0x808080,
  ivory: 0xfffff0,
  lightblue: 0xadd8e6,
  lightgray: 0xd3d3d3,
  lightgreen: 0x90ee90,
  lightgrey: 0xd3d3d3,
  maroon: 0x800000,
  navy: 0x000080,
  olive: 0x808000,
  orange: 0xffa500,
  pink: 0xffc0cb,
  purple: 0x800080,
  red: 0xff0000,
  salmon: 0xfa8072,
  silver: 0xc0c0c0,
  tan: 0xd2b48c,
  teal: 0x008080,
  turquoise: 0x40e0d0,
  violet: 0xee82ee,
  white: 0xffffff,
  yellow: 0xffff00,
}

/** A colour as 0xRRGGBB + 1; 0 when it is none. "#abc", "#a1b2c3", "a1b2c3" and colour words are understood. */
export function readColour(text: string | undefined): number {
  if (text === undefined) return 0
  const plain = text.trim().toLowerCase()
  const word = Object.hasOwn(WORDS, plain.replace(/[\s_-]/g, '')) ? WORDS[plain.replace(/[\s_-]/g, '')] : undefined
  if (word !== undefined) return word + 1
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(plain)
  if (!match) return 0
  const digits = match[1]!
  const full = digits.length === 3 ? [...digits].map((d) => d + d).join('') : digits
  return Number.parseInt(full, 16) + 1
}
