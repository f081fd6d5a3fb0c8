import { describe, expect } from 'vitest'
import type { FaultKind } from '../../../simulators/simulator.ts'
import type { Failure } from '../../../src/core/failures.ts'
import type { Rig, Shop } from '../rig.ts'
import { buyOne, parcelOf, pullPages, type Stage, stockItemOf } from '../stage.ts'

const buyer = {
  name: '欧阳试探',
  phone: '13999990007',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  address: '密语街道藏锋路77号隐庐9幢901室',
}
const faults: readonly FaultKind[] = [
  'server-error',
  'busy',
  'cut',
  'hang',
  'nonsense',
  'throttle',
  'drop-after-apply',
  'expire',
]

/** Everything a failure carries, causes included, as somebody could print it. */
function printed(failure: Failure): string {
  const texts: string[] = []
  for (let error: unknown = failure; error instanceof Error; error = error.cause) {
    texts.push(error.message, JSON.stringify(error))
  }
  return texts.join('\n')
}

/** Calls that hold the buyer's data, or ours, in question or answer. */
const calls: readonly ((rig: Rig, shop: Shop, orderNo: string) => Promise<unknown>)[] = [
  (rig, shop, orderNo) => rig.does('orders.get')(shop, orderNo),
  (rig, shop) => pullPages(rig, shop, { from: rig.now() - 60_000, to: rig.now() + 1_000 }),
  async (rig, shop, orderNo) =>
    rig.does('shipments.report')(shop, parcelOf(await rig.controls.order(orderNo), 'ZT7300000009')),
  async (rig, shop) => rig.does('stock.push')(shop, [await stockItemOf(rig, 'MB-1001')]),
  (rig, shop, orderNo) => rig.does('orders.get')(shop, orderNo.replace(/\d/g, '9')),
]

export function asksAboutDiscretion({ asks }: Stage): void {
  describe('nothing is given away', () => {
    asks('in log, record or failure: no secret and nothing of a person', ['orders.get', 'orders.pull'], async (rig) => {
      const { orderNo } = await buyOne(rig, { buyer, note: '门禁密码 4471 不要外传' })
      const texts: string[] = []
      let shop = await rig.shop()
      const secrets = Object.entries(shop.credentials).filter(([name]) => isSecret(rig, name))
      for (const kind of faults) {
        for (const call of calls) {
          shop = await rig.shop()
          secrets.push(...Object.entries(shop.credentials).filter(([name]) => isSecret(rig, name)))
          await rig.controls.break({ kind, rate: 1 })
          const outcome = await call(rig, kind === 'hang' ? rig.impatient(shop) : shop, orderNo).then(
            () => null,
            (error: unknown) => error,
          )
          await rig.controls.break()
          if (outcome !== null) texts.push(printed(await rig.refusal(() => Promise.reject(outcome))))
        }
      }
      const hidden = new Set([
        buyer.name,
        buyer.phone,
        buyer.address,
        '藏锋路',
        '4471',
        ...secrets.map(([, value]) => value),
      ])
      const everything = [...texts, rig.logged(), await recordOf(rig)].join('\n')
      expect(texts.length).toBeGreaterThan(20)
      expect([...hidden].filter((text) => everything.includes(text))).toEqual([])
    })
  })
}

function isSecret({ plug }: Rig, name: string): boolean {
  const field = plug.manifest.fields.find((each) => each.name === name)
  return field?.kind === 'secret' || (/key|token/i.test(name) && field?.kind === 'obtained')
}

/** Records are written a moment after the calls. */
async function recordOf(rig: Rig): Promise<string> {
  const began = performance.now()
  let recorded = await rig.recorded()
  while (recorded === '[]' && performance.now() - began < 3_000) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    recorded = await rig.recorded()
  }
  expect(recorded).not.toBe('[]')
  return recorded
}
