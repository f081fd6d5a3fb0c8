import { useState } from 'react'
import type { OrderRow } from '../../../src/contract/orders.ts'
import { findings } from '../../../src/core/review/findings.ts'
import { CallFailed, call } from '../api.ts'
import { countText, moneyText } from '../format.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { phoneWords } from '../words/phone.ts'
import { pageWords } from '../words/phone-pages.ts'
import { Failed, Waiting } from './failed.tsx'
import { useCall } from './use-call.ts'
import { type Swiped, useSwipe } from './use-swipe.ts'

/** 审核 on the phone: one order after the other, approved or held by swipe or by button. */
export default function ReviewPage() {
  const words = useWords(pageWords).review
  const fresh = useCall('GET /orders', { view: 'to-review', sort: 'deadline', limit: shown })
  const odd = useCall('GET /orders', { view: 'exceptions', sort: 'deadline', limit: shown })
  const [gone, setGone] = useState<readonly number[]>([])
  const [said, setSaid] = useState<Said | null>(null)
  const failure = fresh.failure ?? odd.failure
  if (fresh.data === null || odd.data === null) {
    return failure ? (
      <Failed
        failure={failure}
        onAgain={() => {
          fresh.again()
          odd.again()
        }}
      />
    ) : (
      <Waiting />
    )
  }
  const rows = [...fresh.data.rows, ...odd.data.rows].filter(({ id }) => !gone.includes(id))
  const tell = (row: OrderRow, next: Said) => {
    if (next.undo) setGone((ids) => [...ids, row.id])
    setSaid(next)
  }
  return (
    <div className="phone-stack">
      {said && <Told said={said} onUndone={(id) => setGone((ids) => ids.filter((each) => each !== id))} />}
      {rows.length === 0 ? (
        <p>
          <strong>{words.none}</strong>
          <br />
          <span className="quiet">{words.noneHelp}</span>
        </p>
      ) : (
        <>
          <p className="quiet small">
            {words.left(countText(rows.length))} · {words.swipe}
          </p>
          {rows.map((row) => (
            <OrderCard key={row.id} row={row} onSaid={(next) => tell(row, next)} />
          ))}
        </>
      )}
    </div>
  )
}

const shown = 50

interface Said {
  readonly id: number
  readonly text: string
  readonly tone: 'ok' | 'err'
  readonly undo: (() => Promise<unknown>) | null
}

function Told({ said, onUndone }: { readonly said: Said; readonly onUndone: (id: number) => void }) {
  const words = useWords(pageWords).review
  const { undo } = said
  return (
    <div className="notice phone-said" data-tone={said.tone} role="status">
      <span>{said.text}</span>
      {undo && (
        <button type="button" className="btn" onClick={() => void undo().then(() => onUndone(said.id))}>
          {words.undo}
        </button>
      )}
    </div>
  )
}

function OrderCard({ row, onSaid }: { readonly row: OrderRow; readonly onSaid: (said: Said) => void }) {
  const words = useWords(pageWords).review
  const language = useLanguage()
  const [holds, setHolds] = useState(false)
  const { approve, hold } = useDeeds(row, onSaid)
  const swipe = useSwipe((way: Swiped) => (way === 'right' ? void approve() : setHolds(true)))
  return (
    <section className="phone-card phone-order" aria-label={row.orderNo} {...swipe}>
      <p className="phone-parcel">
        <strong className="mono">{row.orderNo}</strong>
        <span>{moneyText(row.paidFen, row.currency)}</span>
      </p>
      <p>
        {row.goods.title} ×{countText(row.goods.quantity)}
      </p>
      <p className="quiet small">
        {[row.region.province, row.region.city, row.receiver?.name].filter(Boolean).join(' ')}
      </p>
      <p className="phone-signs">
        {row.findings.length === 0 && (
          <span className="tag" data-tone="ok">
            {words.clean}
          </span>
        )}
        {row.findings.map((code) => (
          <span key={code} className="tag" data-tone={findings[code].grade <= 2 ? 'err' : 'warn'}>
            {findings[code][language]}
          </span>
        ))}
      </p>
      {holds ? (
        <fieldset className="phone-set">
          <legend>{words.why}</legend>
          <div className="choices">
            {words.reasons.map((reason) => (
              <button key={reason} type="button" className="choice" onClick={() => void hold(reason)}>
                {reason}
              </button>
            ))}
          </div>
        </fieldset>
      ) : (
        <div className="phone-pair">
          <button type="button" className="btn" onClick={() => setHolds(true)}>
            {words.hold}
          </button>
          <button type="button" className="btn" data-kind="primary" onClick={() => void approve()}>
            {words.approve}
          </button>
        </div>
      )}
    </section>
  )
}

/** The two deeds; what is refused is said with its reason, and the order stays. */
function useDeeds(row: OrderRow, onSaid: (said: Said) => void) {
  const words = useWords(pageWords).review
  const failed = useWords(phoneWords).failed
  const language = useLanguage()
  const selection = { ids: [row.id] }
  const run = async (text: string, act: () => Promise<Outcome>, undo: () => Promise<unknown>) => {
    try {
      const { leftOut } = await act()
      const [refused] = leftOut
      if (refused === undefined) onSaid({ id: row.id, text, tone: 'ok', undo })
      else onSaid({ id: row.id, text: words.refused(row.orderNo, refused.zh), tone: 'err', undo: null })
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      onSaid({ id: row.id, text: `${failed}：${error.body[language]}`, tone: 'err', undo: null })
    }
  }
  return {
    approve: () =>
      run(
        words.approved(row.orderNo),
        () => call('POST /orders/approve', { selection }),
        () => call('POST /orders/recall', { selection }),
      ),
    hold: (reason: string) =>
      run(
        words.held(row.orderNo),
        () => call('POST /orders/hold', { selection, reason }),
        () => call('POST /orders/release', { selection }),
      ),
  }
}

interface Outcome {
  readonly leftOut: readonly { readonly zh: string }[]
}
