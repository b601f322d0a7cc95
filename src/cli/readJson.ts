import { z } from 'zod'
import { TwinError } from '../base/errors.ts'
import { readText } from './readInput.ts'

z.config({ jitless: true })

/** The JSON document of a file. Throws FORMAT_BROKEN. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path))
  } catch (error) {
    if (error instanceof TwinError) throw error
    throw new TwinError('FORMAT_BROKEN', `${path} is no JSON document: ${(error as Error).message}.`, { path })
  }
}

/** A document as its shape. Throws FORMAT_BROKEN with the first place that differs, and what is expected there. */
export function shaped<Shape>(schema: z.ZodType<Shape>, document: unknown, path: string): Shape {
  const read = schema.safeParse(document)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const at = issue?.path.join('.') || 'the document'
  throw new TwinError('FORMAT_BROKEN', `${path}: ${at}: ${issue?.message ?? 'it has another shape'}.`, { path, at })
}
