import type { ReactNode } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { Deadline, Tag, Time } from '../../parts/signs.tsx'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { ReportCell, StateTag } from './cells.tsx'
import type { ParcelDeeds } from './deeds.tsx'
import { PrintMenu } from './print-menu.tsx'
import { WaybillForm } from './waybill-form.tsx'

interface DetailsProps {
  readonly parcel: ParcelRow
  readonly deeds: ParcelDeeds
}

/** A parcel beside the list: why it must stay, its orders, its goods, its number, what happened to it. */
export function ParcelDetails({ parcel, deeds }: DetailsProps) {
  const words = useWords(fulfilWords)
  const may = useMay()
  const isHere = parcel.state === 'to-print' || parcel.state === 'printed' || parcel.state === 'checked'
  return (
    <div className="stack details">
      {parcel.stopped !== null && (
        <p className="notice" data-tone="err">
          <strong>{parcel.stopped}</strong>
          <span>{words.stoppedHelp}</span>
        </p>
      )}
      {may('fulfilment.work') && <Acts parcel={parcel} deeds={deeds} isHere={isHere} />}
      {parcel.note && (
        <p className="notice" data-tone="info">
          <strong>{words.details.note}</strong>
          <span>{parcel.note}</span>
        </p>
      )}
      <Facts parcel={parcel} />
      <section>
        <h3>
          {words.details.goods} {countText(parcel.pieces)}
        </h3>
        <ul className="order-lines">
          {parcel.lines.map((line) => (
            <li key={line.id} className="line">
              <span className="order-line-title">
                {line.name} {line.specification}
                <br />
                <span className="quiet small">{line.code}</span>
              </span>
              <strong className="push nowrap">×{countText(line.quantity)}</strong>
            </li>
          ))}
        </ul>
      </section>
      {isHere && may('fulfilment.work') && (
        <section>
          <h3>{words.waybill.title}</h3>
          <WaybillForm key={`${parcel.id} ${parcel.waybillNo}`} parcel={parcel} />
        </section>
      )}
    </div>
  )
}

function Acts({ parcel, deeds, isHere }: DetailsProps & { readonly isHere: boolean }) {
  const words = useWords(fulfilWords).deeds
  const isGone = parcel.state === 'cancelled'
  return (
    <div className="line wrap">
      {isHere && parcel.stopped === null && (
        <Button kind="primary" busy={deeds.isRunning} onPress={() => deeds.open('ship', [parcel])}>
          {words.ship}
        </Button>
      )}
      {!isGone && parcel.state !== 'stopped' && (
        <PrintMenu label={words.print} onPrint={(document) => deeds.print([parcel], document)} />
      )}
      {(isHere || parcel.state === 'stopped') && (
        <Button kind="danger" onPress={() => deeds.open('cancel', [parcel])}>
          {words.cancel}
        </Button>
      )}
    </div>
  )
}

function Facts({ parcel }: { readonly parcel: ParcelRow }) {
  const words = useWords(fulfilWords)
  const { province, city, district } = parcel.region
  const got = parcel.lines.reduce((sum, line) => sum + line.checked, 0)
  return (
    <dl className="facts">
      <Fact name={words.columns.state}>
        <StateTag state={parcel.state} />
      </Fact>
      <Fact name={words.details.orders}>
        {parcel.orders.map((order) => (
          <span key={order.id} className="line">
            <Go to={`/orders/${order.orderNo}`}>{order.orderNo}</Go>
            <Copy text={order.orderNo} what={words.details.orders} />
          </span>
        ))}
      </Fact>
      <Fact name={words.details.receiver}>
        {parcel.receiver ? `${parcel.receiver.name} ${parcel.receiver.phone}` : words.row.hidden}
        <br />
        <span className="quiet">{[...new Set([province, city, district])].filter(Boolean).join(' ')}</span>
      </Fact>
      <Fact name={words.details.waybillNo}>
        {parcel.carrierName ?? words.row.noCarrier} {parcel.waybillNo ?? <Tag tone="warn">{words.row.noNumber}</Tag>}
        {parcel.waybillNo && <Copy text={parcel.waybillNo} what={words.details.waybillNo} />}
      </Fact>
      <Fact name={words.details.prints}>
        {parcel.prints === 0 ? (
          words.row.notPrinted
        ) : (
          <>
            {words.row.printed(parcel.prints)} · <Time at={parcel.printedAt} />{' '}
            {parcel.printedBy && words.row.by(parcel.printedBy)}
          </>
        )}
      </Fact>
      <Fact name={words.details.checked}>
        {words.row.checked(countText(got), countText(parcel.pieces))} <Time at={parcel.checkedAt} none="" />
      </Fact>
      {parcel.shippedAt === null ? (
        <Fact name={words.details.due}>
          <Deadline at={parcel.shipBy} done={parcel.state === 'stopped' || parcel.state === 'cancelled'} />
        </Fact>
      ) : (
        <Fact name={words.details.shipped}>
          <Time at={parcel.shippedAt} />
        </Fact>
      )}
      {parcel.report && (
        <Fact name={words.details.report}>
          <ReportCell row={parcel} dense={false} />
        </Fact>
      )}
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
