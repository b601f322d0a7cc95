/**
 * Steps through the tags of an XML text in UTF-8, attribute by attribute, without building a tree. Text between tags,
 * comments and declarations are passed over: OpenStreetMap's XML keeps everything in attributes.
 */
export interface XmlScanner {
  /** The place of reading in the bytes. */
  readonly at: number
  /** Goes to the next tag. False at the end of the text. */
  nextTag(): boolean
  readonly isEnd: boolean // </name>
  /** Whether the tag that was found has this name. */
  isNamed(name: Uint8Array): boolean
  /** Goes to the next attribute of the tag; false after the last, when `isEmpty` tells how the tag ended. */
  nextAttribute(): boolean
  readonly isEmpty: boolean // <name/>
  /** The first byte of the attribute's name, and how long that is: enough to tell those of OpenStreetMap apart. */
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
}

const LESS = 60
const GREATER = 62
const SLASH = 47
const BANG = 33
const QUESTION = 63
const EQUALS = 61
const QUOTE = 34
const APOSTROPHE = 39

const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** Throws   Error with the reason where the text is no well-formed XML */
export function createXmlScanner(bytes: Uint8Array): XmlScanner {
  const n = bytes.length
  let at = 0
  let nameStart = 0
  let nameEnd = 0
  const cutOff = (): Error => new Error(`it is cut off after ${n} bytes`)
  const passTo = (ending: string, from: number): number => {
    const first = ending.charCodeAt(0)
    for (let i = bytes.indexOf(first, from); i >= 0; i = bytes.indexOf(first, i + 1)) {
      let k = 1
      while (k < ending.length && bytes[i + k] === ending.charCodeAt(k)) k++
      if (k === ending.length) return i + k
    }
    throw cutOff()
  }
  const scanner = {
    at: 0,
    isEnd: false,
    isEmpty: false,
    keyStart: 0,
    keyEnd: 0,
    valueStart: 0,
    valueEnd: 0,
    nextTag(): boolean {
      for (;;) {
        while (at < n && bytes[at] !== LESS) at++
        scanner.at = at
        if (at >= n) return false
        at++
        if (bytes[at] === QUESTION) at = passTo('?>', at)
        else if (bytes[at] === BANG) {
          at = bytes[at + 1] === 45 ? passTo('-->', at + 3) : passTo('>', at)
        } else break
      }
      scanner.isEnd = bytes[at] === SLASH
      if (scanner.isEnd) at++
      nameStart = at
      while (at < n && !isSpace(bytes[at]) && bytes[at] !== GREATER && bytes[at] !== SLASH) at++
      nameEnd = at
      if (at >= n) throw cutOff()
      if (nameEnd === nameStart) throw new Error(`a tag without a name at byte ${at}`)
      return true
    },
    isNamed(name: Uint8Array): boolean {
      if (nameEnd - nameStart !== name.length) return false
      for (let i = 0; i < name.length; i++) if (bytes[nameStart + i] !== name[i]) return false
      return true
    },
    nextAttribute(): boolean {
      while (isSpace(bytes[at])) at++
      if (at >= n) throw cutOff()
      const byte = bytes[at]!
      if (byte === GREATER || byte === SLASH) {
        scanner.isEmpty = byte === SLASH
        if (byte === SLASH && bytes[++at] !== GREATER) throw at >= n ? cutOff() : new Error(`"/" at byte ${at}`)
        at++
        return false
      }
      scanner.keyStart = at
      while (at < n && bytes[at] !== EQUALS && bytes[at] !== GREATER && bytes[at] !== LESS && !isSpace(bytes[at])) at++
      scanner.keyEnd = at
      while (isSpace(bytes[at])) at++
      if (at >= n) throw cutOff()
      if (bytes[at] !== EQUALS) throw new Error(`an attribute without a value at byte ${at}`)
      at++
      while (isSpace(bytes[at])) at++
      const quote = bytes[at]
      if (at >= n) throw cutOff()
      if (quote !== QUOTE && quote !== APOSTROPHE) throw new Error(`an attribute without quotes at byte ${at}`)
      scanner.valueStart = ++at
      while (at < n && bytes[at] !== quote && bytes[at] !== LESS) at++
      if (at >= n) throw cutOff()
      if (bytes[at] === LESS) throw new Error(`"<" in an attribute at byte ${at}`)
      scanner.valueEnd = at++
      return true
    },
  }
  return scanner
}
