import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeBundle } from '../../src/proofs/decodeBundle.ts'
import { buildEvidence } from '../../src/proofs/evidence.ts'
import { explainFrame } from '../../src/proofs/explain.ts'
import { verifyBundle } from '../../src/proofs/verifyBundle.ts'
import { scratch, veracity } from '../support/commandLine.ts'
import { firstLight, picture } from '../support/look.ts'
import { closeBrowser, type OpenPage, openPage, UNDRAWN } from '../support/page.ts'
import { crypto, p256 } from '../support/signers.ts'
import { killLeft, runVeracity } from '../support/startedProduct.ts'
import { createWorld, START_MS } from '../support/world.ts'

// Evidence goes round: saved on the page, checked on the command line, dropped onto the page of somebody else.

let opened: OpenPage
const files = scratch()
beforeAll(async () => {
  opened = await openPage(`${await runVeracity(['preview', '--port', '0']).url}/`, UNDRAWN)
  await firstLight(opened.page)
})
afterAll(async () => {
  await closeBrowser()
  killLeft()
  files.remove()
})

/** Drops a file onto the middle of the page, as a person drags it there. */
async function drop(name: string, text: string): Promise<void> {
  await opened.page.evaluate(
    ({ fileName, content }) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }))
      const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })
      document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.dispatchEvent(drop)
    },
    { fileName: name, content: text },
  )
}

async function forgedValue(): Promise<string> {
  const world = createWorld()
  const frame = world.add().frame(START_MS)
  world.anchor([frame.map((byte, i) => (i === 123 ? byte ^ 1 : byte))])
  const checked = await verifyBundle(world.bundle(), { crypto, p256 })
  const [record] = checked.records
  return buildEvidence(
    { crypto },
    {
      explanation: explainFrame(crypto, checked.domain, record!),
      device: record!.device,
      directoryProven: false,
      bundle: checked.bundle,
    },
  )
}

describe('evidence on the page', () => {
  test('default: dropped, it is judged again and explained step by step', async () => {
    const { page, errors } = opened
    await drop('changed-on-the-way.json', await forgedValue())
    const card = page.getByRole('region', { name: 'Evidence' })
    await card.getByText('Changed on the way', { exact: true }).waitFor()
    await card.getByText(/The file states BAD_SIGNATURE\. Its bytes were judged again/).waitFor()
    await card.getByText(/no chain was asked/).waitFor()
    await card.getByText('npx veracity verify FILE').waitFor()
    for (const step of ['Is it a message at all?', 'Did this device sign these bytes?', 'Is it in the batch?']) {
      await card.getByRole('button', { name: step }).waitFor()
    }
    await card.getByText(/signature does not belong to these bytes/).waitFor() // what failed is open
    await picture(page, 'evidence-1440')
    expect(errors).toEqual([])
    await card.getByRole('button', { name: 'Close Evidence' }).click()
    await card.waitFor({ state: 'detached' })
  })
  test('error: one that states something else is told apart at once', async () => {
    const { page } = opened
    const forged = (await forgedValue()).replaceAll('"verdict":"BAD_SIGNATURE"', '"verdict":"OK"')
    await drop('forged.json', forged)
    const alert = page.getByRole('region', { name: 'Evidence' }).getByRole('alert')
    await alert.getByText('This file contradicts itself').waitFor()
    await alert.getByText('It states OK; its bytes say BAD_SIGNATURE.').waitFor()
  })
  test('error: one whose bytes were changed is refused with a sentence', async () => {
    const { page } = opened
    await drop('cut.json', (await forgedValue()).replace('"bundle":"VkJOMQ', '"bundle":"VkJOMR'))
    await page.getByText(/checksum does not fit|begin with VBN1/).waitFor()
  })
  test('default: saved on this page, the command line says the same', async () => {
    const { page } = opened
    const group = page.getByRole('listitem').filter({ hasText: 'Air-quality sensors' })
    await group.getByRole('button', { name: /Air-quality sensors/ }).click()
    await group.getByRole('list').getByRole('button').first().click()
    const card = page.getByRole('region', { name: /Air-quality sensor/ })
    await card.getByText('What could a stranger learn?').waitFor()
    await card.getByText(/Times are shown as the device wrote them/).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('button', { name: 'Save evidence' }).click(),
    ])
    const text = readFileSync(await download.path(), 'utf8')
    const answer = await veracity('verify', files.write('saved.json', text), '--json')
    expect(answer.code).toBe(0)
    expect(JSON.parse(answer.out)).toMatchObject({ stated: 'OK', found: 'OK', contradictions: [], ladder: { 3: 2 } })
    const { bundle } = JSON.parse(text) as { bundle: string }
    expect(decodeBundle(crypto, new Uint8Array(Buffer.from(bundle, 'base64url'))).parts.length).toBe(2)
  })
})

describe('files that say whom to believe', () => {
  test('behavior: a dropped checkpoint of IoTeX is listed with what it is worth, and can be taken back', async () => {
    const { page } = opened
    const delegates = Array.from({ length: 24 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}`)
    const blocks = { chainId: 4689, epoch: 61_000, fromHeight: 100, toHeight: 1_539 }
    const checkpoint = { format: 'veracity-iotex-checkpoint', version: 1, ...blocks, delegates }
    await drop('delegates.json', JSON.stringify({ ...checkpoint, takenAt: new Date().toISOString() }))
    const list = page.getByRole('region', { name: 'Whom you believe about IoTeX' })
    await list.getByText(/IoTeX mainnet, epoch 61.000/).waitFor()
    expect(await list.getByText(/Level 5 on IoTeX is as good as that word/).isVisible()).toBe(true)
    await list.getByRole('button', { name: 'Believe it no longer' }).click()
    await list.waitFor({ state: 'detached' })
    expect(opened.errors).toEqual([])
  })
  test('behavior: a dropped snapshot of places is shown as a claim, in this city only', async () => {
    const { page } = opened
    // made up by this test, as its file says: no real place is known here
    const devices = [
      { id: 'made-up-1', latDeg: 51.13, lonDeg: 71.43 },
      { id: 'made-up-2', latDeg: 51.14, lonDeg: 71.44 },
      { id: 'made-up-elsewhere', latDeg: 10, lonDeg: 10 },
    ]
    const head = { format: 'veracity-whereabouts', version: 1, source: 'helium-iot', askedAt: 'this test' }
    const rest = { takenAt: '2026-01-02T03:04:05Z', boundsDeg: [0, 0, 90, 60], complete: true, devices }
    await drop('places.json', JSON.stringify({ ...head, ...rest }))
    const section = page.getByRole('region', { name: 'Live now' })
    await section.getByText('2 Helium IoT hotspots here, claimed by this test').waitFor()
    expect(await section.getByText(/Proven here: nothing\./).isVisible()).toBe(true)
    expect(await section.getByText(/claimed, not proven/).count()).toBe(2)
    await picture(page, 'live-now')
    await section.getByRole('button', { name: 'Take away' }).click()
    await section.getByText(/claimed by this test/).waitFor({ state: 'detached' })
    expect(opened.errors).toEqual([])
  })
})
