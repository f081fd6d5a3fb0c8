import { describe, expect } from 'vitest'
import { type ChannelOrder, ChannelOrder as Standard } from '../../../src/core/channel/shapes.ts'
import { buyOne, type Stage } from '../stage.ts'

const unheard = 'NOBODY_EVER_SAID_THIS'

/** The same payload with another word in the place of one; names of fields stay. A bare number is a word only where a status is told. */
function withWord(raw: string, from: string, to: string): string {
  const texts = raw.replace(new RegExp(`"${from}"(?!\\s*:)`, 'g'), `"${to}"`)
  const told = /^\d+$/.test(to) ? to : `"${to}"`
  return texts.replace(
    new RegExp(`("\\w*(?:status|state)\\w*"\\s*:\\s*)${from}(?=\\s*[,}\\]])`, 'gi'),
    (_, field: string) => `${field}${told}`,
  )
}

const unknownsOf = (order: ChannelOrder) =>
  order.warnings.filter((warning) => warning.includes(unheard) || warning.startsWith('unknown-'))

export function asksAboutWords({ plug, asks }: Stage): void {
  const { orderStatuses, refundStatuses } = plug.vocabulary

  describe('every raw word', () => {
    asks('of an order’s status is one of ours', ['orders.get'], async (rig) => {
      const { orderNo } = await buyOne(rig)
      const { order, raw } = await rig.does('orders.get')(await rig.shop(), orderNo)
      expect(orderStatuses).toContain(order.channelStatus)
      expect(new Set(orderStatuses).size).toBe(orderStatuses.length)
      for (const word of orderStatuses) {
        const [told, ...others] = plug.inspect.orders(withWord(raw, order.channelStatus, word))
        expect(others).toEqual([])
        expect(Standard.parse(told)).toMatchObject({ channelStatus: word })
        expect(unknownsOf(told!)).toEqual([])
      }
    })

    asks('that is new stops the order and is named', ['orders.get'], async (rig) => {
      const { orderNo } = await buyOne(rig)
      const { order, raw } = await rig.does('orders.get')(await rig.shop(), orderNo)
      const [told] = plug.inspect.orders(withWord(raw, order.channelStatus, unheard))
      expect(told).toMatchObject({ status: 'on-hold', mayShipNow: false, channelStatus: unheard })
      expect(told!.warnings).toContain(`unknown-status:${unheard}`)
    })

    asks(
      'of a refund is one of ours, and a new one keeps the goods back',
      ['orders.get', 'aftersales.pull'],
      async (rig) => {
        const { orderNo, createdAt, lines } = await buyOne(rig, { lines: [{ merchantCode: 'MB-7001', quantity: 1 }] })
        await rig.controls.act({ kind: 'refund', orderNos: [orderNo], lineNo: lines[0]!.lineNo, amountFen: 100 })
        const shop = await rig.shop()
        const { raw } = await rig.does('orders.get')(shop, orderNo)
        const span = { from: createdAt, to: rig.now() + 1_000 }
        const { rows } = await rig.does('aftersales.pull')(shop, { span, cursor: null })
        const { channelStatus } = rows[0]!.case
        expect(refundStatuses).toContain(channelStatus)
        for (const word of refundStatuses) {
          const [told] = plug.inspect.orders(withWord(raw, channelStatus, word))
          expect(Standard.parse(told)).toEqual(told)
          expect(unknownsOf(told!)).toEqual([])
        }
        const [told] = plug.inspect.orders(withWord(raw, channelStatus, unheard))
        expect(told).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
        expect(told!.warnings).toContain(`unknown-refund-status:${unheard}`)
      },
    )
  })
}
