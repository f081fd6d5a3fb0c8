import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { channels } from '../../connectors/index.ts'
import { sql } from '../../platform/db/sql.ts'
import { demoPassword, demoPeople } from '../sandbox/demo-company.ts'
import { type FileDoor, type FrontDoor, openFrontDoor } from '../sandbox/front-door.ts'
import { openProduct } from './product.ts'

interface Options {
  readonly rows: number
  readonly say: (text: string) => void
}

export interface ImportResult {
  readonly previewMs: number
  readonly runMs: number
  /** Until every order stands in the list. */
  readonly takenInMs: number
  /** How many different amounts of progress were seen on the way. */
  readonly steps: number
  /** Orders there after the same file was run once more. */
  readonly orders: number
  readonly stoppedAt: number
  readonly leftAfterUndo: number
  readonly peakMb: number
}

interface Preview {
  readonly import: { readonly importId: number; readonly state: string; readonly done: number; readonly known: number }
  readonly new: number
  readonly known: number
}

/**
 * 大文件: an order export of so many rows, as a merchant without keys drops it: previewed, run with its progress, run again, and another one
 * stopped on the way and taken back. Everything goes through the front door.
 */
export async function measureImport({ rows, say }: Options): Promise<ImportResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-import-'))
  const house = await openProduct(folder, [], { goods: [], byFile: [fileChannel] })
  const door = openFrontDoor(house.address)
  try {
    await door.call('POST', '/session', { loginName: demoPeople[0]!.loginName, password: demoPassword })
    await door.call('POST', '/shops', { channel: fileChannel, name: '文件店', mode: 'file' })
    const began = performance.now()
    const first = await upload(door, exportOf(rows, 'A'))
    const previewMs = Math.round(performance.now() - began)
    say(`previewed ${first.new} orders in ${previewMs} ms`)

    const { ms: runMs, steps } = await run(door, first)
    const orders = async () =>
      (await house.database.db.one(Count, sql`select count(*)::int as count from orders.sale`)).count
    await until(async () => (await orders()) === rows)
    const takenInMs = Math.round(performance.now() - began) - previewMs
    say(`run in ${runMs} ms, ${steps} steps seen, all in the list after ${takenInMs} ms`)

    const again = await upload(door, exportOf(rows, 'A'))
    await run(door, again)
    const kept = await orders()
    const stopped = await stopHalfway(door, await upload(door, exportOf(rows, 'B')), rows / 4)
    say(`once more: ${again.known} known, ${kept} orders; another stopped at ${stopped.done}`)
    await until(async () => (await orders()) >= kept + stopped.done)
    await door.call('POST', `/imports/${stopped.importId}/undo`, {})
    await until(async () => (await read(door, stopped.importId)).import.state === 'undone')
    const leftAfterUndo = (
      await house.database.db.one(
        Count,
        sql`select count(*)::int as count from orders.sale where channel_order_no like 'B%' and withdrawn_at is null`,
      )
    ).count
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
    say(`undone: ${leftAfterUndo} of it left; memory at most ${peakMb} MB, this trial included`)
    return { previewMs, runMs, takenInMs, steps, orders: kept, stoppedAt: stopped.done, leftAfterUndo, peakMb }
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const Count = z.strictObject({ count: z.int() })

/** The contract of a website: whose export has headers of our own. */
const fileChannel = channels.find(({ manifest }) => manifest.address === null)?.manifest.id ?? ''
const headers =
  '订单号,下单时间,付款时间,修改时间,订单状态,收件人,手机,省,市,区,详细地址,明细编号,商品名称,商家编码,数量,实付,运费,买家留言'

function exportOf(rows: number, letter: string): Uint8Array<ArrayBuffer> {
  const lines = Array.from({ length: rows }, (_, no) => {
    const time = `2026-11-${String(1 + (no % 11)).padStart(2, '0')} 09:15:02`
    const person = `林晓禾,138${String(no).padStart(8, '0')},浙江省,杭州市,西湖区,示例路 ${no} 号`
    return `${letter}${no},${time},${time},${time},待发货,${person},${letter}${no}-1,粗陶马克杯 苔绿,MB-1001,${1 + (no % 3)},59.00,0.00,`
  })
  return new TextEncoder().encode(`${headers}\n${lines.join('\n')}\n`)
}

const upload = (door: FileDoor, bytes: Uint8Array<ArrayBuffer>) =>
  door.upload<Preview>('/imports?fileName=orders.csv', bytes)
const read = (door: FrontDoor, importId: number) => door.call<Preview>('GET', `/imports/${importId}`)
const begin = (door: FrontDoor, importId: number) =>
  door.call('POST', `/imports/${importId}/run`, { onlyGoodRows: false })

const lookEveryMs = 100
const waitAtMostMs = 20 * 60_000

async function run(door: FrontDoor, { import: { importId } }: Preview): Promise<{ ms: number; steps: number }> {
  const began = performance.now()
  const seen = new Set<number>()
  await begin(door, importId)
  await until(async () => {
    const { state, done, known } = (await read(door, importId)).import
    seen.add(done + known)
    return state === 'done'
  })
  return { ms: Math.round(performance.now() - began), steps: seen.size }
}

async function stopHalfway(door: FrontDoor, { import: { importId } }: Preview, after: number) {
  await begin(door, importId)
  await until(async () => (await read(door, importId)).import.done >= after)
  await door.call('POST', `/imports/${importId}/stop`, {})
  const { state, done } = (await read(door, importId)).import
  if (state !== 'stopped') throw new Error(`the import is ${state}`)
  return { importId, done }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + waitAtMostMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it takes too long')
    await pause(lookEveryMs)
  }
}
