import { describe, expect } from 'vitest'
import { type ChannelOrder, ChannelOrder as Standard } from '../../../src/core/channel/shapes.ts'
import { aidFor } from '../channel-aid.ts'
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

/** As `withWord`, where a status may be two words in as many fields. */
function withStatus(raw: string, [from, to]: readonly [string, string], joint: string | undefined): string {
  const [before, after] = joint === undefined ? [[from], [to]] : [from.split(joint), to.split(joint)]
  return before.reduce((told, word, place) => withWord(told, word, after[place]!), raw)
}

export function asksAboutWords({ plug, asks }: Stage): void {
  const { orderStatuses, refundStatuses } = plug.vocabulary

  describe('every raw word', () => {
    asks('of an order’s status is one of ours', ['orders.get'], async (rig) => {
      const { orderNo } = await buyOne(rig)
      const { order, raw } = await rig.does('orders.get')(await rig.shop(), orderNo)
      const { statusJoint } = await aidFor(plug.manifest.id)
      expect(orderStatuses).toContain(order.channelStatus)
      expect(new Set(orderStatuses).size).toBe(orderStatuses.length)
      for (const word of orderStatuses) {
        const [told, ...others] = plug.inspect.orders(withStatus(raw, [order.channelStatus, word], statusJoint))
        expect(others).toEqual([])
        expect(Standard.parse(told)).toMatchObject({ channelStatus: word })
        expect(unknownsOf(told!)).toEqual([])
      }
    })

    asks('that is new stops the order and is named', ['orders.get'], async (rig) => {
      const { orderNo } = await buyOne(rig)
      const { order, raw } = await rig.does('orders.get')(await rig.shop(), orderNo)
      const { statusJoint } = await aidFor(plug.manifest.id)
      const words = statusJoint === undefined ? [order.channelStatus] : order.channelStatus.split(statusJoint)
      const strange = words.map(() => unheard).join(statusJoint)
      const [told] = plug.inspect.orders(withStatus(raw, [order.channelStatus, strange], statusJoint))
      expect(told).toMatchObject({ status: 'on-hold', mayShipNow: false, channelStatus: strange })
      expect(told!.warnings).toContain(`unknown-status:${unheard}`)
    })

    asks(
      'of a refund is one of ours, and a new one keeps the goods back',
      ['orders.get', 'aftersales.pull'],
      async (rig, skip) => {
        const { hasRefundRequests = true, refundsHaveWords = hasRefundRequests } = await aidFor(plug.manifest.id)
        if (!refundsHaveWords) skip('its refunds are done and have no word')
        const { orderNo, createdAt, lines } = await buyOne(rig, { lines: [{ merchantCode: 'MB-7001', quantity: 1 }] })
        const refund = { kind: 'refund', orderNos: [orderNo], lineNo: lines[0]!.lineNo, amountFen: 100 } as const
        await rig.controls.act({ ...refund, outcome: hasRefundRequests ? 'requested' : 'success' })
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
