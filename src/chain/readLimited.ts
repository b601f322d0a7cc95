/** The text of an answer, given up as soon as it grows past `maxBytes`, before it fills the memory. Throws what `tooLong` makes then. */
export async function readLimited(
  response: Response,
  maxBytes: number,
  tooLong: (why: string) => Error,
): Promise<string> {
  if (!response.body) return response.text()
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let text = ''
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > maxBytes) {
      await reader.cancel()
      throw tooLong(`more than ${maxBytes} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
