import { TwinError } from '../../../base/errors.ts'
import type { FileLookup } from '../gridFormat.ts'
import { type DssClass, isDssClass, LATER, PROPERTIES, SILENT } from './classes.ts'
import { broken, commandLines, listOf, numberOf, type Parameter, parameters } from './scan.ts'

/** One element with everything that was said about it, in order. */
export interface DssObject {
  readonly kind: DssClass
  readonly name: string // lower case
  readonly said: [property: string, value: string][]
}

export interface DssScript {
  readonly title: string
  readonly objects: ReadonlyMap<string, DssObject> // by 'class.name', in order of appearance
  readonly baseKv: readonly number[]
  readonly frequencyHz: number
  readonly earthModel: string
  readonly controls: boolean
  readonly loadFactor: number
}

/** Commands that calculate, draw or export. */
const IDLE =
  /^(solve|calcv\w*|buscoords|latlongcoords|show|plot|export|sample|closedi|help|reset|summary|makebuslist|set\w*kvbase|setbusxy|visualize|get|dump|save|about|cd|rotate|interpolate|allocateloads)$/

const DEPTH = 20

/**
 * Runs a script as far as it describes a circuit.
 *
 * Throws   FORMAT_BROKEN with file and line; GRID_INVALID with element and field; NOT_AVAILABLE_YET for a class that
 *          carries power and is not modelled
 */
export function readScript(bytes: Uint8Array, lookup: FileLookup): DssScript {
  const run = createRun(lookup)
  run.file(new TextDecoder().decode(bytes), '', 'the file', 0)
  return run.result()
}

function createRun(lookup: FileLookup) {
  const objects = new Map<string, DssObject>()
  const options = new Map<string, string>()
  let title = ''
  let active: { object: DssObject | null; next: number } = { object: null, next: 0 }

  /** Takes parameters over into the element in hand. */
  const take = (given: readonly Parameter[], folder: string): void => {
    const { object } = active
    if (!object) return
    const known = PROPERTIES[object.kind]
    for (const { name, value } of given) {
      let property = known[active.next]
      if (name !== null) {
        const found = known.includes(name) ? name : known.find((own) => own.startsWith(name))
        if (found === undefined) throw invalid(object, name, value.slice(0, 20), `a property of ${object.kind}`)
        property = found
      }
      if (property === undefined)
        throw invalid(object, 'number of values', String(given.length), 'as many as there are properties')
      active.next = known.indexOf(property) + 1
      if (property === 'like') {
        const model = objects.get(`${object.kind}.${value.toLowerCase()}`)
        if (!model) throw invalid(object, 'like', value, `the name of a ${object.kind}`)
        object.said.push(...model.said)
      } else object.said.push([property, fileList(value, folder, object, property)])
    }
  }

  /** A list that is "file=…" becomes what stands in the file. */
  const fileList = (value: string, folder: string, object: DssObject, property: string): string => {
    const named = /^\s*file\s*=\s*"?([^"]+?)"?\s*$/i.exec(value)
    if (!named) return value
    const content = lookup(folder + named[1]!)
    if (!content) throw invalid(object, property, named[1]!, 'a file that can be read')
    return new TextDecoder().decode(content)
  }

  const choose = (kind: string, name: string, isNew: boolean): void => {
    if (SILENT.includes(kind)) {
      active = { object: null, next: 0 }
      return
    }
    if (LATER.includes(kind))
      throw new TwinError(
        'NOT_AVAILABLE_YET',
        `The file has elements of class ${kind} (${name}), which are not available yet.`,
        {
          component: kind,
        },
      )
    if (!isDssClass(kind)) throw broken(`The file has an element of the unknown class ${kind}.`, { component: kind })
    const key = `${kind}.${name}`
    let object = objects.get(key)
    if (object && isNew) throw invalid(object, 'name', `${name} a second time`, 'a name of its own')
    if (!object) {
      if (!isNew) throw broken(`${key} is edited before it is made.`, { component: kind, id: name })
      object = { kind, name, said: [] }
      objects.set(key, object)
    }
    active = { object, next: 0 }
  }

  /** "class.name" at the head of the parameters; the rest is about it. */
  const address = (given: Parameter[]): { kind: string; name: string; rest: Parameter[] } => {
    const [first, ...rest] = given
    const text = (first && (first.name === null || first.name === 'object') ? first.value : '').toLowerCase()
    const dot = text.indexOf('.')
    if (dot <= 0 || dot === text.length - 1) throw broken(`"${text}" names no element, expected class.name.`)
    return { kind: text.slice(0, dot), name: text.slice(dot + 1), rest }
  }

  const command = (text: string, folder: string, depth: number): void => {
    const verb = text.startsWith('~') ? '~' : (/^[^\s=]+/.exec(text)?.[0] ?? '')
    const word = verb.toLowerCase()
    const rest = text.slice(verb.length)
    if (word === '~' || word === 'more' || word === 'm') take(parameters(rest), folder)
    else if (word === 'new' || word === 'edit') make(parameters(rest), word === 'new', folder)
    else if (word === 'batchedit') editAll(parameters(rest), folder)
    else if (word === 'redirect' || word === 'compile') include(parameters(rest)[0]?.value ?? '', folder, depth)
    else if (word === 'set') {
      for (const { name, value } of parameters(rest)) if (name !== null) options.set(name, value)
    } else if (word === 'clear' || word === 'clearall') objects.clear()
    else if (!IDLE.test(word)) assign(text, folder)
  }

  const make = (given: Parameter[], isNew: boolean, folder: string): void => {
    const { kind, name, rest } = address(given)
    if (kind === 'circuit') {
      if (objects.size > 0) throw broken(`A second circuit, ${name}, begins; expected one a file.`)
      title = name
      choose('vsource', 'source', true)
    } else choose(kind, name, isNew)
    take(rest, folder)
  }

  const editAll = (given: Parameter[], folder: string): void => {
    const { kind, name, rest } = address(given)
    const pattern = namePattern(name)
    for (const object of objects.values()) {
      if (object.kind !== kind || !pattern.test(object.name)) continue
      active = { object, next: 0 }
      take(rest, folder)
    }
  }

  /** "class.name.property = value". */
  const assign = (text: string, folder: string): void => {
    const found = /^(\w+)\.([^=]+)\.([%\w]+)\s*=/.exec(text)
    if (!found) throw broken(`"${text.slice(0, 40)}" is no command that is known.`)
    choose(found[1]!.toLowerCase(), found[2]!.toLowerCase(), false)
    take(parameters(text.slice(`${found[1]}.${found[2]}.`.length)), folder)
  }

  const include = (path: string, folder: string, depth: number): void => {
    const whole = folder + path.replaceAll('\\', '/')
    const content = path === '' ? null : lookup(whole)
    if (!content) throw broken(`The file ${whole} that is redirected to cannot be read.`, { path: whole })
    file(new TextDecoder().decode(content), whole.slice(0, whole.lastIndexOf('/') + 1), whole, depth + 1)
  }

  const file = (text: string, folder: string, name: string, depth: number): void => {
    if (depth > DEPTH) throw broken(`${name} redirects in a circle.`, { path: name })
    for (const { line, text: own } of commandLines(text)) {
      try {
        command(own, folder, depth)
      } catch (error) {
        if (!(error instanceof TwinError) || 'line' in error.details) throw error
        throw new TwinError(error.code, `${error.message.replace(/\.$/, '')} (line ${line} of ${name}).`, {
          ...error.details,
          line,
          file: name,
        })
      }
    }
  }

  /** Options may be shortened like properties. */
  const option = (name: string, shortest: string): string | undefined =>
    [...options].find(([given]) => name.startsWith(given) && given.startsWith(shortest))?.[1]
  const hertz = (): number => numberOf(option('defaultbasefrequency', 'defaultb') ?? '60')

  return {
    file,
    result: (): DssScript => {
      if (!objects.has('vsource.source')) throw broken('The file makes no circuit.')
      return {
        title: title || 'OpenDSS circuit',
        objects,
        baseKv: listOf(option('voltagebases', 'voltageb') ?? '').map(numberOf),
        frequencyHz: hertz(),
        earthModel: (option('earthmodel', 'earthm') ?? 'deri').toLowerCase(),
        controls: !/^off$/i.test(option('controlmode', 'controlm') ?? ''),
        loadFactor: numberOf(option('loadmult', 'loadm') ?? '1'),
      }
    },
  }
}

/** A pattern of a batch edit; only "." and ".*" and plain names are what files use. */
function namePattern(text: string): { test(name: string): boolean } {
  const parts = text.split('.*').map((part) => part.toLowerCase())
  return {
    test: (name) => {
      let at = 0
      for (const [i, part] of parts.entries()) {
        const found = name.indexOf(part, at)
        if (found < 0 || (i === 0 && parts.length === 1 && name !== part)) return false
        at = found + part.length
      }
      return true
    },
  }
}

export const invalid = (
  { kind, name }: Pick<DssObject, 'kind' | 'name'>,
  field: string,
  got: string,
  expected: string,
): TwinError =>
  new TwinError('GRID_INVALID', `${kind} ${name}: ${field} is ${got === '' ? 'empty' : got}, expected ${expected}.`, {
    component: kind,
    id: name,
    field,
  })
