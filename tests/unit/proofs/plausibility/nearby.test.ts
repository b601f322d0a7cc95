import { expect, test } from 'vitest'
import { createDirectory } from '../../../../src/proofs/directory.ts'
import { createNearby } from '../../../../src/proofs/plausibility/nearby.ts'
import { crypto } from '../../../support/signers.ts'
import { createWorld } from '../../../support/world.ts'

test('behavior: who stands near whom follows what is known of places: documents that come, registrations a reorg takes back', () => {
  const world = createWorld()
  for (let i = 0; i < 3; i++) world.add({ kind: 'air-quality', latDeg: 51.1 + i / 1000 }) // 111 m apart
  const directory = createDirectory(crypto)
  const registrations = world.registrations.map((registration, i) => ({ ...registration, blockNumber: 2 + i }))
  for (const registration of registrations) directory.register(registration)
  const nearby = createNearby(directory)
  const around = () => [...nearby.within(directory.at(0)!, 500)].sort()
  expect(around()).toEqual([])
  directory.addDocuments(world.documents.slice(0, 2))
  expect(around()).toEqual([1])
  directory.addDocuments(world.documents)
  expect(around()).toEqual([1, 2])
  expect([...nearby.within(directory.at(0)!, 150)]).toEqual([1])
  directory.withdrawFrom(4) // of the three documents none goes, but the last device is of no kind any more
  expect(around()).toEqual([1])
  directory.register(registrations[2]!)
  expect(around()).toEqual([1, 2])
})
