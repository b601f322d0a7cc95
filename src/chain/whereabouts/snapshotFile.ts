import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import { WHEREABOUTS_IDS, type Whereabouts } from '../../model/whereabouts.ts'

z.config({ jitless: true })

const FORMAT = 'veracity-whereabouts'

const latDeg = z.number().min(-90).max(90)
const lonDeg = z.number().min(-180).max(180)

const file = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  source: z.enum(WHEREABOUTS_IDS),
  takenAt: z.iso.datetime(),
  askedAt: z.string().min(1).max(200),
  boundsDeg: z.tuple([lonDeg, latDeg, lonDeg, latDeg]),
  complete: z.boolean(),
  devices: z.array(z.object({ id: z.string().min(1).max(100), latDeg, lonDeg })).max(20_000),
})

/** Reads a dated snapshot of a source of places. Throws FORMAT_BROKEN naming the field. */
export function readWhereabouts(value: unknown): Whereabouts {
  const read = file.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const field = issue?.path.join('.') || 'the file'
    throw new TwinError('FORMAT_BROKEN', `Snapshot: ${field}: ${issue?.message ?? 'not readable'}.`, { field })
  }
  const { source, takenAt, askedAt, boundsDeg, complete, devices } = read.data
  return { source, takenAtMs: Date.parse(takenAt), askedAt, boundsDeg, complete, devices }
}

/** Writes what {@link readWhereabouts} reads. */
export function writeWhereabouts({ source, takenAtMs, askedAt, boundsDeg, complete, devices }: Whereabouts): string {
  const takenAt = new Date(takenAtMs).toISOString()
  return `${JSON.stringify({ format: FORMAT, version: 1, source, takenAt, askedAt, boundsDeg, complete, devices }, null, 1)}\n`
}
