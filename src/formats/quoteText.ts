/** What a file says, fit to stand in a sentence about it: one line, no invisible characters, not too long. */
export const quoteText = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, '·')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}
