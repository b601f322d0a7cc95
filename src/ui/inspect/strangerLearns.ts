import { DEVICE_KIND_INFO } from '../../model/device.ts'
import type { DeviceRow } from '../../model/trust.ts'

/** A span of time as a person says it: '90 s', '15 min', '6 h', '2 days'. */
function spanWords(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? '1 day' : `${seconds / 86_400} days`
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

function fromMessages({ privacy }: DeviceRow): string {
  if (!privacy) return 'From its messages: every reading, as soon as it is anchored.'
  if (privacy.publish === 'aggregated') {
    return `From its messages: means over ${spanWords(privacy.everyS)}. Its owner lets nothing finer leave the device.`
  }
  return `From its messages: every reading, but only ${spanWords(privacy.delayS)} after it is anchored. Its owner wants it so.`
}

/** What somebody who was told nothing could learn of a device from all that is public, the least telling first. */
export function strangerLearns(device: DeviceRow): readonly string[] {
  const { kind, title } = DEVICE_KIND_INFO[device.kind]
  const place = device.buildingOsmId
    ? `where it stands, and in which building (${device.buildingOsmId})`
    : 'where it stands'
  return [
    `From the chain: that this ${title.toLowerCase()} exists, its key, and in which blocks it was heard of. No value.`,
    device.documentProven ? `From the directory’s document: ${place}.` : 'Where it stands is not proven to anybody.',
    fromMessages(device),
    DEVICE_KIND_INFO[kind].privacy,
  ]
}
