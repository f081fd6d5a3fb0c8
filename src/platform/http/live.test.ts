import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, type HttpBed, httpBed } from '../../../test/aid/http.ts'
import { tell } from '../events/tell.ts'

let bed: HttpBed
let address: string
beforeAll(async () => {
  bed = await httpBed({ seed: true, liveBeatMs: 200 })
  address = `http://127.0.0.1:${await bed.http.listen(0, '127.0.0.1')}/live`
})
afterAll(() => bed.close())

/** An open page: what it has heard so far, and whether the stream has ended. */
async function listen(client: Client) {
  const response = await fetch(address, { headers: { cookie: client.cookie } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const page = { heard: '', ended: false }
  void (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) page.heard += chunk
    page.ended = true
  })()
  await until(() => page.heard.includes('retry:'))
  return page
}

async function until(isSo: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; !isSo(); await sleep(10)) {
    if (Date.now() > giveUpAt) throw new Error('waited in vain')
  }
}

const hintsOf = ({ heard }: { heard: string }) =>
  [...heard.matchAll(/event: hint\ndata: (.*)\n\n/g)].map((match) => JSON.parse(match[1] ?? '') as unknown)

describe('live hints', () => {
  test('need somebody signed in', async () => {
    expect((await bed.call('GET', '//live')).json).toMatchObject({ code: 'SIGN_IN_NEEDED' })
  })

  test('come when a transaction is committed, to whoever may see what changed, and hold ids alone', async () => {
    const [warehouse, purchasing] = await Promise.all([bed.as('warehouse'), bed.as('purchasing')])
    const [one, other] = await Promise.all([listen(warehouse), listen(purchasing)])
    await bed.ctx.tx((ctx) => tell(ctx, 'fulfilment.shipped', { parcelIds: [1, 2] }))
    const rolledBack = bed.ctx.tx(async (ctx) => {
      await tell(ctx, 'fulfilment.shipped', { parcelIds: [3] })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await bed.ctx.tx((ctx) => tell(ctx, 'inventory.changed', { skuIds: [9] }))
    await until(() => hintsOf(one).length === 2 && hintsOf(other).length === 1)
    expect(hintsOf(one)).toEqual([
      { name: 'fulfilment.shipped', parcelIds: [1, 2] },
      { name: 'inventory.changed', skuIds: [9] },
    ])
    expect(hintsOf(other)).toEqual([{ name: 'inventory.changed', skuIds: [9] }])
  })

  test('outlive a lost connection to the database: pages are told to read anew', async () => {
    const page = await listen(await bed.as('owner'))
    await bed.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tongdan live' and datname = current_database()",
    )
    await until(() => page.heard.includes('event: reread'))
    await bed.ctx.tx((ctx) => tell(ctx, 'orders.changed', { orderIds: [5] }))
    await until(() => hintsOf(page).length === 1)
  })

  test('beat while nothing happens, and end soon after the session does', async () => {
    const auditor = await bed.as('auditor')
    const page = await listen(auditor)
    await until(() => page.heard.includes(': beat'))
    expect(page.ended).toBe(false)
    await auditor.call('DELETE', '/session')
    await until(() => page.ended)
  })

  test('of one person’s many pages the oldest give way', async () => {
    const reviewer = await bed.as('reviewer')
    const pages: { ended: boolean }[] = []
    for (let n = 0; n < 13; n += 1) pages.push(await listen(reviewer))
    await until(() => pages[0]?.ended === true)
    expect(pages.slice(1).some(({ ended }) => ended)).toBe(false)
  })
})

test('closing ends the streams and does not wait for pages to leave', async () => {
  const second = await httpBed({ bed })
  const port = await second.http.listen(0, '127.0.0.1')
  const { cookie } = await bed.as('owner')
  const response = await fetch(`http://127.0.0.1:${port}/live`, { headers: { cookie } })
  const body = response.text()
  await second.http.close()
  expect(await body).toContain('retry:')
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
})
