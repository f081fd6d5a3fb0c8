import { describe, expect } from 'vitest'
import { buyOne, type Stage, stockItemOf } from '../stage.ts'

const readings = 10
const pushes = 3

export function asksAboutLimits({ plug, asks }: Stage): void {
  describe('limits', () => {
    asks(
      'are kept by the product’s own way out while everybody calls at once',
      ['orders.get', 'stock.push'],
      async (rig) => {
        const { orderNo } = await buyOne(rig)
        const item = await stockItemOf(rig, 'MB-1001')
        const shop = await rig.shop(plug.manifest.limits)
        const before = await rig.controls.counts()
        const all = (count: { readonly calls: Readonly<Record<string, number>> }) =>
          Object.values(count.calls).reduce((a, b) => a + b, 0)
        await Promise.all([
          ...Array.from({ length: readings }, () => rig.does('orders.get')(shop, orderNo)),
          ...Array.from({ length: pushes }, (_, place) => rig.does('stock.push')(shop, [{ ...item, quantity: place }])),
        ])
        const after = await rig.controls.counts()
        expect(all(after) - all(before)).toBeGreaterThanOrEqual(readings + pushes)
        expect(after.violations).toBe(0)
        expect(after.refused).toEqual(before.refused)
      },
    )
  })
}
