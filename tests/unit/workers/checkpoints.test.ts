import { expect, test } from 'vitest'
import { toHex } from '../../../src/base/hex.ts'
import { systemClock } from '../../../src/chain/clock.ts'
import type { SourcesConfig } from '../../../src/chain/sourcesConfig.ts'
import { encodeBundle } from '../../../src/proofs/encodeBundle.ts'
import { encodeEnclosedBlock } from '../../../src/proofs/iotex/enclosedBlock.ts'
import { anchorReceipt, createIotexChain, plainReceipt } from '../../support/iotexChain.ts'
import { crypto } from '../../support/signers.ts'
import { collect, connectVerifier } from '../../support/verifySink.ts'
import { createWorld, START_MS } from '../../support/world.ts'

const CHAIN = 4689
const NOW_MS = START_MS + 3_600_000
const clock = { ...systemClock, nowMs: () => NOW_MS }

/** A bundle on IoTeX whose one anchor stands in an enclosed block that 17 of 24 delegates endorsed. */
function iotexBundle() {
  const world = createWorld({ chainId: CHAIN })
  world.anchor([world.add().frame(START_MS)])
  const chain = createIotexChain(CHAIN)
  const plain = world.bundle()
  const [anchor] = plain.anchors
  const receipts = [plainReceipt(anchor!.blockNumber, 1), anchorReceipt(plain.contracts.anchorLog, anchor!)]
  const block = chain.block(anchor!.blockNumber, anchor!.anchoredAtMs + 300, receipts, {
    signers: chain.delegates.slice(0, 17),
  })
  const hash = toHex(block.hash)
  const header = { number: anchor!.blockNumber, hash, header: block.header, proof: encodeEnclosedBlock(block) }
  const bytes = encodeBundle(crypto, { ...plain, anchors: [{ ...anchor!, blockHash: hash }], headers: [header] })
  return {
    bytes,
    checkpoint: chain.checkpoint(NOW_MS - 60_000),
    takenLongAgo: chain.checkpoint(NOW_MS - 4 * 86_400_000),
  }
}

test('behavior: a checkpoint decides what a file on IoTeX is worth, from when it is pinned to when it is not', async () => {
  const { bytes, checkpoint, takenLongAgo } = iotexBundle()
  const verifier = connectVerifier(async () => new Response(bytes as BodyInit), clock)
  const proven = async (): Promise<number> => (await verifier.openBundle(bytes)).report.ladder[5] ?? 0
  expect(await proven()).toBe(0)
  await verifier.setCheckpoints([checkpoint])
  expect(await proven()).toBe(1)
  await verifier.setCheckpoints([takenLongAgo])
  expect(await proven()).toBe(0)
  await verifier.setCheckpoints([{ ...checkpoint, chainId: 4690 }])
  expect(await proven()).toBe(0)

  await verifier.setCheckpoints([checkpoint])
  const nothing = { chain: null, gateway: null, indexer: null, lesson: null }
  const config: SourcesConfig = { mode: 'recorded', ...nothing, recorded: 'day.vbundle' }
  const page = collect()
  await verifier.start(config, 'http://127.0.0.1/', page)
  await page.until('the recording', () => page.frames.size > 0)
  expect([...page.frames.values()].map(({ level }) => level)).toEqual([5])
  verifier.dispose()
})
