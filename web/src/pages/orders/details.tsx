import type { ReactNode } from 'react'
import type { OrderDetail } from '../../../../src/contract/orders.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { MenuButton, type MenuItem } from '../../parts/menu.tsx'
import { Deadline, Tag } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import { useTold } from '../../words/told.ts'
import { isDeadlinePast, ShopLine, StateTag } from './cells.tsx'
import type { OrderDeeds } from './deeds.tsx'
import type { Deed } from './do-deed.ts'
import { useFirmFindings } from './firm.ts'
import { Receiver } from './receiver.tsx'
import { History, Lines, Parcels, Statement, Why } from './sections.tsx'
import { useShops } from './shops.ts'

interface DetailsProps {
  readonly orderNo: string
  readonly deeds: OrderDeeds
}

/** 详情 beside the list: why it stopped first, then what can be done, then everything one needs in order to decide. */
export function Details({ orderNo, deeds }: DetailsProps) {
  const words = useWords(orderWords)
  const order = useRead('GET /orders/:orderNo', { orderNo })
  return (
    <Shown read={order} what={words.what} rows={12}>
      {(data) => (
        <div className="stack details">
          <Why order={data} />
          <Deeds order={data} deeds={deeds} />
          <Facts order={data} />
          <Section title={words.details.goods(data.lines.length)}>
            <Lines order={data} />
          </Section>
          <Section title={words.details.money}>
            <Statement order={data} />
          </Section>
          <Section title={words.details.parcels}>
            <Parcels order={data} />
          </Section>
          <Section title={words.details.history}>
            <History order={data} />
          </Section>
        </div>
      )}
    </Shown>
  )
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

export const deedKeys = { approve: 'KeyA', hold: 'KeyH', release: 'KeyU', recall: 'KeyB', allocate: 'KeyP' } as const

interface DeedsProps {
  readonly order: OrderDetail
  readonly deeds: OrderDeeds
}

/** At most four buttons; what cannot be done now says why, and the rest is under 更多. */
export function Deeds({ order, deeds }: DeedsProps) {
  const words = useWords(orderWords)
  const more = useWords(partWords).more
  const may = useMay()
  const target = { selection: { ids: [order.id] }, count: 1, row: order }
  const stop = useStop(order)
  const shown = order.deeds
    .filter((each) => each.allowed && each.deed in words.does)
    .sort((a, b) => rank(a.deed) - rank(b.deed))
  const edits = (['remark', 'warehouse', 'address'] as const).map(
    (kind): MenuItem => ({
      label: words.deeds[kind],
      keys: editKeys[kind],
      run: () => deeds.edit(kind, order.orderNo),
    }),
  )
  return (
    <div className="line wrap">
      {shown.map((each, at) => (
        <Button
          key={each.deed}
          kind={at === 0 && each.deed !== 'hold' ? 'primary' : 'plain'}
          because={each.deed === 'approve' ? stop : null}
          busy={deeds.isRunning}
          keys={deedKeys[each.deed as Deed]}
          onPress={() => deeds.begin(each.deed as Deed, target)}
        >
          {words.deeds[each.deed as Deed]}
        </Button>
      ))}
      {may('orders.edit') && <MenuButton icon="more" name={more} items={edits} />}
    </div>
  )
}

const ranks = ['approve', 'allocate', 'release', 'recall', 'hold']
const rank = (deed: string) => ranks.indexOf(deed)

/** What keeps everybody from approving it, in words; null when nothing does. */
function useStop(order: OrderDetail): string | null {
  const firm = useFirmFindings()
  const told = useTold()
  const code = order.findings.find((each) => firm.has(each))
  return code === undefined
    ? null
    : told('finding', code, order.why.find((each) => each.code === code)?.zh ?? findings[code].zh)
}

export const editKeys = { remark: 'KeyN', warehouse: 'KeyW', address: 'KeyE' } as const

/** Channel, receiver, deadline, notes of both sides in full, warehouse and carrier. */
export function Facts({ order }: { readonly order: OrderDetail }) {
  const words = useWords(orderWords).details
  const shop = useShops().find((each) => each.id === order.shopId)
  const relation = order.buyer.orders > 1 ? words.buyerOrders(order.buyer.orders) : words.firstOrder
  return (
    <dl className="facts">
      <Fact name={words.channel}>
        <span className="line">
          {shop && <ShopLine shop={shop} />}
          <StateTag row={order} />
          {order.isCod && <Tag tone="special">{words.cod}</Tag>}
        </span>
      </Fact>
      <Fact name={words.channelNo}>
        <span className="line">
          <span className="cut">{order.channelOrderNo}</span>
          <Copy text={order.channelOrderNo} what={words.channelNo} />
        </span>
      </Fact>
      <Fact name={words.receiver}>
        <Receiver key={order.orderNo} order={order} />
      </Fact>
      <Fact name={words.due}>
        <Deadline at={order.shipBy} done={isDeadlinePast(order)} />
      </Fact>
      <Fact name={words.buyer}>{[order.buyer.nick, relation].filter(Boolean).join(' · ')}</Fact>
      {order.buyerNote && <Fact name={words.buyerNote}>{order.buyerNote}</Fact>}
      {order.sellerRemark && <Fact name={words.sellerRemark}>{order.sellerRemark}</Fact>}
      <Fact name={words.warehouse}>{order.warehouse ?? '—'}</Fact>
      <Fact name={words.carrier}>{[order.carrier, order.waybillNo].filter(Boolean).join(' ') || '—'}</Fact>
      {order.warnings.length > 0 && <Fact name={words.warnings}>{order.warnings.join('；')}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The head of the details: the number, with a way to the whole page. */
export function DetailsTitle({ orderNo }: { readonly orderNo: string }) {
  const words = useWords(orderWords).details
  return (
    <>
      <h2>{orderNo}</h2>
      <Copy text={orderNo} what={words.orderNo} />
      <span className="push">
        <Go to={`/orders/${orderNo}`} className="small">
          {words.openPage}
        </Go>
      </span>
    </>
  )
}
