import './orders.css'
import './order-page.css'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { OrderDetail } from '../../../../src/contract/orders.ts'
import { CallFailed } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { noteSeen } from '../../seen.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { StateTag } from './cells.tsx'
import { useDeedKeys } from './deed-keys.ts'
import { type OrderDeeds, useOrderDeeds } from './deeds.tsx'
import { Deeds, Facts, Section } from './details.tsx'
import { OrderTable } from './order-table.tsx'
import { History, Parcels, Statement, Why } from './sections.tsx'
import { Steps } from './steps.tsx'

const RawDialog = lazy(() => import('./raw-dialog.tsx'))

/** 订单页: one order in full, what and whom at the left, lines and money in the middle, its history at the right. */
export default function OrderPage() {
  const { orderNo } = useParams({ from: '/orders/$orderNo' })
  const words = useWords(orderWords)
  const may = useMay()
  const order = useRead('GET /orders/:orderNo', { orderNo }, { retry: false })
  const [showsRaw, setShowsRaw] = useState(false)
  const deeds = useOrderDeeds(() => undefined)
  const data = order.data
  useDeedKeys(deeds, data ? { selection: { ids: [data.id] }, count: 1, row: data } : null)
  const isKnown = data !== undefined
  useEffect(() => {
    if (isKnown) noteSeen(orderNo)
  }, [isKnown, orderNo])

  if (order.error instanceof CallFailed && order.error.status === 404) return <Missing orderNo={orderNo} />
  return (
    <Page
      title={words.page.title(orderNo)}
      fact={data && <StateTag row={data} />}
      acts={
        <>
          <Button onPress={() => window.print()}>{words.page.print}</Button>
          {may('orders.raw') && <Button onPress={() => setShowsRaw(true)}>{words.page.raw}</Button>}
        </>
      }
    >
      <Shown read={order} what={words.what} rows={12}>
        {(shown) => <OrderView order={shown} deeds={deeds} />}
      </Shown>
      {deeds.dialogs}
      {showsRaw && (
        <Suspense fallback={null}>
          <RawDialog orderNo={orderNo} onClose={() => setShowsRaw(false)} />
        </Suspense>
      )}
    </Page>
  )
}

function OrderView({ order, deeds }: { readonly order: OrderDetail; readonly deeds: OrderDeeds }) {
  const words = useWords(orderWords)
  return (
    <div className="order-page" data-list="">
      <Steps order={order} />
      <div className="order-columns">
        <div className="stack">
          <Why order={order} />
          <Deeds order={order} deeds={deeds} />
          <div className="card">
            <Section title={words.page.who}>
              <Facts order={order} />
            </Section>
          </div>
        </div>
        <div className="stack">
          <div className="card">
            <Section title={words.page.lines}>
              <OrderTable order={order} />
              <Statement order={order} />
            </Section>
          </div>
          <div className="card">
            <Section title={words.details.parcels}>
              <Parcels order={order} />
              {order.parcels.length > 0 && (
                <p>
                  <Go to={`/fulfil?view=all&q=${order.orderNo}`}>{words.page.toParcels(order.parcels.length)}</Go>
                </p>
              )}
            </Section>
          </div>
        </div>
        <div className="card">
          <Section title={words.details.history}>
            <History order={order} />
          </Section>
        </div>
      </div>
    </div>
  )
}

function Missing({ orderNo }: { readonly orderNo: string }) {
  const words = useWords(orderWords).page
  return (
    <Page title={words.title(orderNo)}>
      <Empty
        title={words.notFound}
        act={
          <Go to={`/orders?q=${encodeURIComponent(orderNo)}`} kind="primary">
            {words.back}
          </Go>
        }
      />
    </Page>
  )
}
