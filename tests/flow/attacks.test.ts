import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import type { FrameRow, Verdict } from '../../src/model/trust.ts'
import { isWhole } from '../../src/proofs/bundle.ts'
import { ORDERS } from '../../src/proofs/curve.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import { readEvidence } from '../../src/proofs/evidence.ts'
import type { FrameReading } from '../../src/proofs/frame.ts'
import { createTreeHash } from '../../src/proofs/merkle.ts'
import type { FeederModel } from '../../src/proofs/plausibility/feederModel.ts'
import { openStage, type Stage, type StageDevice, type StagePage } from '../support/attackStage.ts'
import { startChainIndexer } from '../support/chainIndexer.ts'
import { scratch, veracity } from '../support/commandLine.ts'
import { startLyingRpc } from '../support/lyingRpc.ts'
import { crypto, someReadings } from '../support/signers.ts'
import { hex32 } from '../support/world.ts'

// The whole table of attacks, each played by a component that really lies: gateways with their own keys on the real
// contract, thieves with stolen keys, endpoints and indexers over HTTP, clocks that are off. One page sees them all.

/** What each row of the table must show, by the words of the table. */
const SHOWS = {
  'value edited by indexer/gateway': ['BAD_SIGNATURE'],
  'frame signed by unknown/other device': ['UNKNOWN_DEVICE', 'BAD_SIGNATURE'],
  'revoked/stolen key': ['REVOKED'],
  'replay of old frame / on other chain or registry': ['DUPLICATE', 'WRONG_DOMAIN', 'WRONG_DOMAIN'],
  'skipped frames (withholding by gateway)': ['GAP'],
  'indexer withholds anchors': ['INDEXER_INCOMPLETE'],
  'indexer invents anchor': ['NOT_ON_CHAIN'],
  'gateway forks its log (two roots)': ['LOG_FORK'],
  'body withheld (root only)': ['DATA_MISSING'],
  'RPC lies': ['RPCS_DISAGREE', 'PROOF_FAILED', 'NOT_ON_CHAIN'],
  'RPC stale or eclipsed': ['HEAD_STALE'],
  reorg: ['REORGED'],
  'future/past timestamps': ['CLOCK_SKEW', 'BAD_PROOF'],
  'honest key, false sensor': ['IMPLAUSIBLE', 'IMPLAUSIBLE', 'IMPLAUSIBLE', 'IMPLAUSIBLE'],
  'malleable signature, non-canonical encodings': ['MALFORMED', 'MALFORMED', 'MALFORMED'],
  'proof tricks: empty proof, wrong-depth, second preimage, leaf as node': [
    ...Array<Verdict>(2).fill('BAD_PROOF'), // anchored on the chain
    ...Array<Verdict>(5).fill('BAD_PROOF'), // in a file
  ],
} as const satisfies Record<string, readonly Verdict[]>
type Attack = keyof typeof SHOWS

/** Who is to be accused: a device, or a batch by the hash of its body. */
type Accused = Hex
/** Prepares an attack before the page opens; what comes back looks at the page, and answers with what it showed. */
type Liar = (stage: Stage) => Promise<(main: StagePage) => Promise<readonly Verdict[]>>

let stage: Stage
let main: StagePage
let honest: StageDevice[]
const accusedOnMain = new Set<Accused>()

const isAbout = (row: FrameRow, accused: Accused): boolean => row.claimedDevice === accused || row.key === accused
const rejectedOn = ({ page }: StagePage): FrameRow[] =>
  [...page.frames.values()].filter(({ verdict }) => verdict !== 'OK' && verdict !== 'PENDING')
/** What one page refuses and another does not. */
const beyond = (known: StagePage, other: StagePage): FrameRow[] =>
  rejectedOn(other).filter(({ key }) => !rejectedOn(known).some((row) => row.key === key))
/** Waits until the main page says something of each of the accused; the verdicts in that order. */
const seenOnMain =
  (...accused: readonly Accused[]) =>
  async (on: StagePage): Promise<Verdict[]> => {
    for (const one of accused) accusedOnMain.add(one)
    const rowOf = (one: Accused) => rejectedOn(on).find((row) => isAbout(row, one))
    await on.page.until('all accusations', () => accused.every((one) => rowOf(one) !== undefined))
    return accused.map((one) => rowOf(one)!.verdict)
  }
/** A device that was honest until now. */
async function onceHonest(on: Stage, wish: Parameters<Stage['device']>[0] = {}): Promise<StageDevice> {
  const device = await on.device(wish)
  await on.deliver(device.frame())
  return device
}
const flipped = (bytes: Uint8Array, at: number, mask = 1): Uint8Array => bytes.map((b, i) => (i === at ? b ^ mask : b))
const reading = (metric: number, ...values: readonly number[]): FrameReading[] =>
  values.map((value, i) => ({ dtMs: 1000 * i, metric, scale: 0, flags: 1, value }))

/** s and n - s sign the same: whoever sees a signature can make the other one. */
function otherSignature(frame: Uint8Array): Uint8Array {
  const { n } = ORDERS.secp256k1
  const bytes = frame.slice()
  const number = (part: Uint8Array): bigint => BigInt(toHex(part))
  const other = number(n) - number(bytes.subarray(-32))
  bytes.set(fromHex(`0x${other.toString(16).padStart(64, '0')}`)!, bytes.length - 32)
  return bytes
}

let suspects: { meters: StageDevice[]; model: FeederModel }

const LIARS: Record<Attack, Liar> = {
  async 'value edited by indexer/gateway'(on) {
    const victim = await onceHonest(on)
    await (await on.courier()).seal([flipped(victim.frame(), 108 + 15)])
    return seenOnMain(victim.address)
  },
  async 'frame signed by unknown/other device'(on) {
    const stranger = await on.device({ stranger: true })
    const victim = await onceHonest(on)
    const thief = await on.device({ stranger: true })
    const forged = thief.signer.sign({
      ...{ epoch: 0, seqFirst: 3, prev: new Uint8Array(32).fill(1), t0Ms: Date.now() - 5000 },
      readings: someReadings(2),
      domain: on.domain,
      device: victim.signer.address,
    })
    await (await on.courier()).seal([stranger.frame(), forged])
    return seenOnMain(stranger.address, victim.address)
  },
  async 'revoked/stolen key'(on) {
    const stolen = await onceHonest(on, { curve: 'p256' })
    await on.revoke(stolen)
    await (await on.courier()).seal([stolen.frame()]) // the thief goes on signing
    return seenOnMain(stolen.address)
  },
  async 'replay of old frame / on other chain or registry'(on) {
    const victim = await on.device()
    const old = victim.frame()
    await on.deliver(old)
    const [abroad, elsewhere] = [await onceHonest(on), await onceHonest(on)]
    await (await on.courier()).seal([
      old,
      abroad.frame({ domain: { ...on.domain, chainId: 1 } }),
      elsewhere.frame({ domain: { ...on.domain, registry: new Uint8Array(20).fill(7) } }),
    ])
    return seenOnMain(victim.address, abroad.address, elsewhere.address)
  },
  async 'skipped frames (withholding by gateway)'(on) {
    const victim = await onceHonest(on)
    victim.frame() // taken by the gateway, never passed on
    await (await on.courier()).seal([victim.frame()])
    return async (page) => {
      const found = await seenOnMain(victim.address)(page)
      expect(rejectedOn(page).find((row) => isAbout(row, victim.address))).toMatchObject({ missingBefore: 3 })
      return found
    }
  },
  async 'indexer withholds anchors'(on) {
    return async (page) => {
      const indexer = await startChainIndexer(on.chain.rpc, { ...on.contracts, rpc: '', chainId: 0, witnesses: 1 })
      const own = await on.open({ indexer: indexer.url })
      await allHonest(own)
      await own.page.until('in use', () => own.page.status?.source === 'ponder')
      const known = new Set<string>()
      indexer.tell = (index) => {
        if (known.size === 0) for (const { dataHash } of index.anchors) known.add(dataHash)
        return { ...index, anchors: index.anchors.filter(({ dataHash }) => known.has(dataHash)) }
      }
      while (known.size === 0) await new Promise((wait) => setTimeout(wait, 20)) // until it is asked
      await on.deliver(...honest.map((device) => device.frame()))
      await indexer.askedAgain(2) // and names nothing new
      own.advance(10_000)
      await own.page.until('the notice', () => own.page.verdicts().INDEXER_INCOMPLETE === 1)
      await own.page.until('distrust', () => own.page.status?.indexer === 'incomplete') // told apart from the notice
      expect(own.page.status).toMatchObject({ source: 'chain-logs' })
      const said = beyond(page, own)
      await allHonest(own)
      await own.close()
      await indexer.close()
      return said.map(({ verdict }) => verdict)
    }
  },
  async 'indexer invents anchor'(on) {
    return async (page) => {
      const indexer = await startChainIndexer(on.chain.rpc, { ...on.contracts, rpc: '', chainId: 0, witnesses: 1 })
      indexer.tell = (index) => {
        const last = index.anchors.reduce((a, b) => (a.blockNumber > b.blockNumber ? a : b))
        return { ...index, anchors: [...index.anchors, { ...last, dataHash: hex32(1), batchRoot: hex32(2) }] }
      }
      const own = await on.open({ indexer: indexer.url })
      await own.page.until('the notice', () => own.page.verdicts().NOT_ON_CHAIN === 1)
      await allHonest(own)
      const said = beyond(page, own)
      await own.close()
      await indexer.close()
      return said.map(({ verdict }) => verdict)
    }
  },
  async 'gateway forks its log (two roots)'(on) {
    const victim = await on.device()
    const courier = await on.courier()
    await courier.seal([victim.frame()])
    await courier.seal([victim.frame()], { logRoot: hex32(66) })
    return seenOnMain(victim.address)
  },
  async 'body withheld (root only)'(on) {
    const victim = await onceHonest(on)
    const hash = await (await on.courier()).seal([victim.frame()], { withhold: true })
    return seenOnMain(hash!)
  },
  async 'RPC lies'(on) {
    const victim = await onceHonest(on)
    const courier = await on.courier()
    await courier.seal([victim.frame()])
    return async (page) => {
      const liar = await startLyingRpc(on.rpcUrl)
      const about = (data: unknown): boolean => JSON.stringify(data).includes(courier.address.slice(2))
      // it denies one batch: the other endpoint of the page knows better
      liar.lie = (method, params, answer) => (method === 'eth_call' && about(params) ? { result: hex32(9) } : answer)
      const two = await on.open({ otherRpcs: [liar.url], witnesses: 2 })
      await two.page.until('the dispute', () => two.page.verdicts().RPCS_DISAGREE === 1)
      await allHonest(two)
      const found = beyond(page, two)
      expect(found.map(({ claimedDevice, level }) => [claimedDevice, level])).toEqual([[victim.address, 2]])
      await two.close()
      // it forges a storage proof: the hashes up to the block header tell
      liar.lie = (method, _, answer) => {
        if (method !== 'eth_getProof') return answer
        const proof = answer.result as { storageProof: { proof: string[] }[] }
        const nodes = proof.storageProof[0]!.proof
        const last = nodes.pop()!
        nodes.push(`${last.slice(0, -1)}${last.endsWith('0') ? '1' : '0'}`)
        return { result: proof }
      }
      const own = await on.open({ rpc: liar.url })
      await allHonest(own)
      const key = [...own.page.frames.values()].find((row) => row.claimedDevice === victim.address)!.key
      const { frame } = (await own.verifier.explain(key))!
      await own.close()
      // it denies everything to somebody who asks nobody else
      liar.lie = (method, _, answer) => (method === 'eth_call' ? { result: hex32(9) } : answer)
      const files = scratch()
      const file = files.write('evidence.json', (await page.verifier.evidence(key))!)
      const verdictBy = async (...urls: readonly string[]): Promise<Verdict> => {
        const answer = await veracity('verify', file, '--json', ...urls.flatMap((url) => ['--rpc', url]))
        return (JSON.parse(answer.out) as { found: Verdict }).found
      }
      expect(await verdictBy(on.rpcUrl, on.rpcUrl)).toBe('OK')
      const alone = await verdictBy(liar.url)
      await liar.close()
      files.remove()
      return [...found.map(({ verdict }) => verdict), frame.verdict, alone]
    }
  },
  async 'RPC stale or eclipsed'(on) {
    return async (page) => {
      const head = await on.chain.rpc.request('eth_getBlockByNumber', ['latest', false])
      const liar = await startLyingRpc(on.rpcUrl)
      liar.lie = (method, [which], answer) =>
        method === 'eth_getBlockByNumber' && which === 'latest' ? { result: head } : answer
      const own = await on.open({ rpc: liar.url })
      await allHonest(own)
      expect(own.page.verdicts().HEAD_STALE).toBeUndefined()
      own.advance(120_000)
      await own.page.until('stale', () => own.page.status?.rpc === 'stale' && own.page.verdicts().HEAD_STALE === 1)
      expect(own.page.status!.sourceWords).toMatch(/newest block is \d+ s old; this is not the present/)
      await allHonest(own)
      const said = beyond(page, own)
      await own.close()
      await liar.close()
      return said.map(({ verdict }) => verdict)
    }
  },
  async reorg(on) {
    return async () => {
      const own = await on.open()
      await allHonest(own)
      const victim = await onceHonest(on)
      const last = victim.frame()
      await on.deliver(last)
      await own.page.until('both', () => samplesOf(own, victim) === 6)
      await on.chain.rpc.request('anvil_reorg', [1, []])
      await own.page.until('the withdrawal', () => own.page.verdicts().REORGED === 1)
      expect(samplesOf(own, victim)).toBe(3)
      const said = rejectedOn(own).filter((row) => row.verdict === 'REORGED')
      expect(said.map(({ claimedDevice, level }) => [claimedDevice, level])).toEqual([[victim.address, 2]])
      await allHonest(own)
      expect(await on.honest.repair(Math.floor(Date.now() / 1000))).toBe(1)
      await own.page.until('again', () => own.page.verdicts().REORGED === undefined && samplesOf(own, victim) === 6)
      await own.close()
      return said.map(({ verdict }) => verdict)
    }
  },
  async 'future/past timestamps'(on) {
    const late = await onceHonest(on)
    const early = await on.device()
    await (await on.courier()).seal([late.frame({ t0Ms: Date.now() - 15 * 60_000 })])
    const future = early.frame({ t0Ms: Date.now() + 10 * 60_000 })
    const courier = await on.courier()
    expect(await courier.seal([future])).toBeNull() // the contract refuses what is not yet
    const lying = await on.courier()
    const hash = await lying.seal([future], { tMaxMs: Date.now() })
    return seenOnMain(late.address, hash!)
  },
  async 'honest key, false sensor'(on) {
    const air: StageDevice[] = []
    for (let i = 0; i < 6; i++) air.push(await on.device({ kind: 'air-quality' }))
    const [high, jumping, cold, ...right] = air as [StageDevice, StageDevice, StageDevice, ...StageDevice[]]
    await on.deliver(
      high.frame({ readings: reading(10, 1001) }),
      jumping.frame({ readings: reading(10, 20, 900) }),
      cold.frame({ readings: reading(11, -20) }),
      ...right.map((device) => device.frame({ readings: reading(11, 21) })),
    )
    const meters = [await on.device(), await on.device(), await on.device()]
    await on.deliver(...meters.map((device, i) => device.frame({ readings: reading(1, i === 2 ? 1_500_000 : 2000) })))
    suspects = {
      meters,
      model: {
        title: 'the grid simulation of a test town',
        utcOffsetH: 5,
        stepS: 3600,
        feeders: [{ devices: meters.map(({ address }) => address), ratedVa: 400_000, loadW: Array(24).fill(150_000) }],
      },
    }
    return async (page) => {
      const found = await seenOnMain(high.address, jumping.address, cold.address, meters[2]!.address)(page)
      for (const device of [...right, meters[0]!, meters[1]!]) {
        expect([...page.page.frames.values()].find((row) => isAbout(row, device.address))?.verdict).toBe('OK')
      }
      return found
    }
  },
  async 'malleable signature, non-canonical encodings'(on) {
    const [victim, odd, cut] = [await on.device(), await on.device(), await on.device()]
    const reserved = odd.signer.signBytes(flipped(odd.frame().subarray(0, -64), 108 + 7, 2))
    const frames = [otherSignature(victim.frame()), reserved, cut.frame().subarray(0, -1)]
    const courier = await on.courier()
    const span = { tMinMs: Date.now() - 10_000, tMaxMs: Date.now() - 8000 }
    await courier.seal(frames, span)
    return async (page) => {
      const rows = () => rejectedOn(page).filter((row) => row.gateway === courier.address)
      await page.page.until('three refusals', () => rows().length === 3)
      for (const { key } of rows()) accusedOnMain.add(key)
      return rows().map(({ verdict }) => verdict)
    }
  },
  async 'proof tricks: empty proof, wrong-depth, second preimage, leaf as node'(on) {
    const tree = createTreeHash(crypto.keccak256)
    const [one, two] = [await onceHonest(on), await onceHonest(on)]
    const frames = [one.frame(), two.frame()]
    await (await on.courier()).seal([frames[0]!], { batchRoot: toHex(tree.leaf(frames[1]!)) })
    await (await on.courier()).seal([frames[1]!], { batchRoot: hex32(5) })
    return async (page) => {
      const found = await seenOnMain(one.address, two.address)(page)
      const key = [...page.page.frames.values()].find((row) => row.claimedDevice === honest[1]!.address)!.key
      const { bundle } = readEvidence((await page.verifier.evidence(key))!, crypto)
      const part = bundle.parts.find((p) => !isWhole(p) && toHex(p.frame.subarray(34, 54)) === honest[1]!.address)!
      if (isWhole(part)) throw new Error('Evidence gives single frames.')
      const { path, frame, index } = part
      const tricks = [
        { path: [] },
        { path: [...path, path[0]!] },
        { path: path.slice(1) },
        { path: path.map((hash) => flipped(hash, 31)) },
        { index: index ^ 1 },
      ]
      for (const trick of tricks) {
        const forged = encodeBundle(crypto, { ...bundle, parts: [{ ...part, ...trick, frame }] })
        const { report } = await page.verifier.openBundle(forged)
        found.push(...(Object.keys(report.verdicts) as Verdict[]))
      }
      return found
    }
  },
}

const samplesOf = ({ page }: StagePage, { address }: StageDevice): number => {
  const index = page.devices.findIndex((row) => row.address === address)
  return [...page.samples.keys()].filter((key) => key.startsWith(`${index} `)).length
}
/** Waits until every reading that the honest devices ever sent is shown, and nothing is said against any of them. */
async function allHonest(on: StagePage): Promise<void> {
  await on.page.until('the honest devices', () => honest.every((device) => samplesOf(on, device) === sent))
  const about = rejectedOn(on).filter((row) => honest.some(({ address }) => isAbout(row, address)))
  expect(about).toEqual([])
}
let sent = 0
let observers: [Attack, Awaited<ReturnType<Liar>>][]

beforeAll(async () => {
  stage = await openStage()
  honest = [await stage.device(), await stage.device({ curve: 'p256' }), await stage.device()]
  const deliver = stage.deliver
  stage.deliver = async (...frames) => {
    if (frames.some((frame) => toHex(frame.subarray(34, 54)) === honest[0]!.address)) sent += 3
    await deliver(...frames)
  }
  await stage.deliver(...honest.map((device) => device.frame()))
  observers = []
  for (const [attack, liar] of Object.entries(LIARS) as [Attack, Liar][]) {
    observers.push([attack, await liar(stage)])
    await stage.deliver(...honest.map((device) => device.frame()))
  }
  main = await stage.open()
  await main.verifier.setModel(suspects.model)
}, 120_000)
afterAll(async () => {
  await stage?.close()
})

describe('the table of attacks', () => {
  const file = resolve(import.meta.dirname, '../../../shared/facts/verified.md')
  test.skipIf(!existsSync(file))(
    'behavior: has every row of the researched one (skipped where ../shared/facts is not here)',
    () => {
      const [, table = ''] = readFileSync(file, 'utf8').split('### Attacks and what the scene must say')
      const rows = [...table.split('\nTest style')[0]!.matchAll(/^\| (.+?) \|/gm)].map(([, attack]) => attack)
      expect(rows.slice(1)).toEqual(Object.keys(SHOWS))
    },
  )
  test.each(Object.keys(SHOWS) as Attack[])(
    'error: %s',
    async (attack) => {
      const observe = observers.find(([name]) => name === attack)![1]
      expect(await observe(main)).toEqual(SHOWS[attack])
      await allHonest(main)
    },
    60_000,
  )
  test('behavior: nobody else was accused, and the honest devices are proven up to the chain', async () => {
    const strangers = rejectedOn(main).filter(
      (row) => ![...accusedOnMain].some((accused) => isAbout(row, accused)) && row.verdict !== 'REORGED',
    )
    expect(strangers).toEqual([])
    for (const { address } of honest) {
      const index = main.page.devices.findIndex((row) => row.address === address)
      const [newest] = await main.verifier.framesOf(index, 1)
      expect(newest).toMatchObject({ verdict: 'OK', level: 4 })
    }
  })
})
