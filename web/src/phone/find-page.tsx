import { useState } from 'react'
import type { Answer } from '../api.ts'
import { countText, timeText } from '../format.ts'
import { useNow } from '../now.ts'
import { Icon } from '../parts/icon.tsx'
import { useScanner } from '../scan/use-scanner.ts'
import { useMay } from '../session.ts'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { CameraButton } from './camera-button.tsx'
import { Failed, Waiting } from './failed.tsx'
import { useCall } from './use-call.ts'

/** 查单: one box, a scan or a few digits; the state in one sentence. */
export default function FindPage() {
  const words = useWords(pageWords).find
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const ask = (code: string) => {
    setText(code)
    setAsked(code.trim())
  }
  useScanner({ isOn: true, onCode: (code) => ask(code.text) })
  const found = useCall('GET /search', asked === '' ? null : { q: asked })
  return (
    <div className="phone-stack">
      <form
        className="phone-find"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(text.trim())
        }}
      >
        <label htmlFor="find-box">{words.box}</label>
        <div className="phone-find-line">
          <input
            id="find-box"
            className="field"
            type="search"
            enterKeyHint="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="btn" data-kind="primary">
            {words.go}
          </button>
        </div>
        <span className="quiet small">{words.help}</span>
      </form>
      <CameraButton onCode={ask} />
      {asked !== '' && found.failure && <Failed failure={found.failure} onAgain={found.again} />}
      {asked !== '' && found.data === null && !found.failure && <Waiting />}
      {found.data && <Results found={found.data} asked={asked} />}
    </div>
  )
}

type FoundAll = Answer<'GET /search'>

function Results({ found, asked }: { readonly found: FoundAll; readonly asked: string }) {
  const words = useWords(pageWords).find
  const { orders, parcels, skus } = found
  const isNone = orders.length + parcels.length + skus.length === 0
  if (isNone) {
    return (
      <p className="notice" data-tone="warn" role="status">
        {words.none(asked)}
      </p>
    )
  }
  const isOne = orders.length === 1
  return (
    <div className="phone-stack" role="status">
      {orders.length > 0 && <h2>{words.orders}</h2>}
      {orders.map((order) => (
        <Order key={order.orderNo} order={order} isOpen={isOne} />
      ))}
      {orders.length === 0 && parcels.length > 0 && <h2>{words.parcels}</h2>}
      {orders.length === 0 &&
        parcels.map((parcel) => (
          <div key={parcel.id} className="phone-card phone-alone">
            <Parcel id={parcel.id} />
          </div>
        ))}
      {skus.length > 0 && <h2>{words.goods}</h2>}
      {skus.map((sku) => (
        <p key={sku.id} className="phone-row">
          <span>{sku.name}</span>
          <span className="mono">{sku.code}</span>
        </p>
      ))}
    </div>
  )
}

function Order({ order, isOpen }: { readonly order: FoundAll['orders'][number]; readonly isOpen: boolean }) {
  const words = useWords(pageWords).find
  const [opens, setOpens] = useState(isOpen)
  return (
    <section className="phone-card">
      <button type="button" className="phone-row" aria-expanded={opens} onClick={() => setOpens(!opens)}>
        <span className="phone-row-text">
          <strong>{words.sentence[order.state]}</strong>
          <span className="mono">{order.orderNo}</span>
          <span className="quiet small">{[order.goods, order.receiver].filter(Boolean).join(' · ')}</span>
        </span>
        <Icon name={opens ? 'up' : 'down'} />
      </button>
      {opens && <Details orderNo={order.orderNo} />}
    </section>
  )
}

function Details({ orderNo }: { readonly orderNo: string }) {
  const words = useWords(pageWords).find
  const now = useNow()
  const may = useMay()
  const { data, failure, again } = useCall('GET /orders/:orderNo', { orderNo })
  if (data === null) return failure ? <Failed failure={failure} onAgain={again} /> : <Waiting />
  const isStill = data.state !== 'shipped' && data.state !== 'completed' && data.state !== 'closed'
  return (
    <div className="phone-details">
      {data.why.map((each) => (
        <p key={each.code} className="notice" data-tone="warn">
          <strong>{each.zh}</strong>
          <span>{each.next}</span>
        </p>
      ))}
      {isStill && data.shipBy !== null && (
        <p>
          {words.shipBy} {timeText(data.shipBy, now, words.yesterday)}
        </p>
      )}
      {may('fulfilment.read') && data.parcels.map((parcel) => <Parcel key={parcel.id} id={parcel.id} />)}
      <ul className="phone-lines">
        {data.lines.map((line) => (
          <li key={line.id}>
            <span>
              {line.skuName ?? line.title} {line.specification}
            </span>
            <b>×{countText(line.quantity)}</b>
          </li>
        ))}
      </ul>
      <p className="quiet">{words.pieces(countText(data.goods.pieces))}</p>
    </div>
  )
}

/** A parcel in a line: its number, where it stands, and loudly when it must not leave. */
function Parcel({ id }: { readonly id: number }) {
  const words = useWords(pageWords).find
  const { data } = useCall('GET /parcels/:id', { id })
  if (data === null) return null
  return (
    <div>
      <p className="phone-parcel">
        <strong>{words.parcel[data.state]}</strong>
        <span>{data.carrierName}</span>
        <span className="mono">{data.waybillNo ?? data.parcelNo}</span>
      </p>
      {data.stopped !== null && (
        <p className="notice" data-tone="err">
          {words.stoppedBy(data.stopped)}
        </p>
      )}
    </div>
  )
}
