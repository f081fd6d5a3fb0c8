import { useState } from 'react'
import type { StockRow } from '../../../../src/contract/inventory.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { stockWords } from '../../words/stock.ts'
import { ToldTag } from '../goods/listing-cells.tsx'
import { ShopLine } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'
import { formulas } from './cells.tsx'
import { LinesDialog } from './lines-dialog.tsx'
import { Movements } from './movements.tsx'
import { AdjustDialog, SafetyDialog } from './one-dialogs.tsx'
import { useWarehouses } from './warehouses.ts'

interface DetailsProps {
  readonly row: StockRow
  readonly shops: readonly ShopName[]
}

type Opened = 'receive' | 'count' | 'adjust' | 'safety'

/** Stock of one SKU: how its numbers come about, where it lies, what each shop was told, and every movement. */
export function StockDetails({ row, shops }: DetailsProps) {
  const words = useWords(stockWords)
  const may = useMay()('stock.adjust')
  const [open, setOpen] = useState<Opened | null>(null)
  const close = () => setOpen(null)
  const first = { skuId: row.skuId, code: row.code, name: `${row.name} ${row.specification}` }
  return (
    <div className="stack details">
      {may && (
        <div className="line wrap">
          {(['receive', 'adjust', 'count', 'safety'] as const).map((kind) => (
            <Button key={kind} onPress={() => setOpen(kind)}>
              {words.deeds[kind]}
            </Button>
          ))}
        </div>
      )}
      <Formula row={row} />
      <Places row={row} />
      <Told row={row} shops={shops} />
      <section>
        <h3>{words.movements.title}</h3>
        <Movements key={row.skuId} skuId={row.skuId} />
      </section>
      {(open === 'receive' || open === 'count') && <LinesDialog kind={open} first={first} onClose={close} />}
      {open === 'adjust' && <AdjustDialog row={row} onClose={close} />}
      {open === 'safety' && <SafetyDialog row={row} onClose={close} />}
    </div>
  )
}

function Formula({ row }: { readonly row: StockRow }) {
  const words = useWords(stockWords)
  const told = formulas(row, words.formulas)
  return (
    <section className="formula" aria-label={words.formulas.title}>
      <p>
        {told.available}
        <br />
        <strong>{told.sellable}</strong>
      </p>
      <p className="quiet">
        {words.formulas.incomingIs(countText(row.incoming))}
        {row.short > 0 && (
          <>
            {' '}
            <Tag tone="err">{words.formulas.shortIs(countText(row.short))}</Tag>
          </>
        )}
      </p>
    </section>
  )
}

function Places({ row }: { readonly row: StockRow }) {
  const words = useWords(stockWords)
  const warehouses = useWarehouses()
  return (
    <section>
      <h3>{words.places}</h3>
      {row.warehouses.length === 0 ? (
        <p className="quiet">{words.noPlace}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.warehouse}</th>
              {(['onHand', 'reserved', 'incoming'] as const).map((id) => (
                <th key={id} scope="col" className="num">
                  {words.columns[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row.warehouses.map((place) => (
              <tr key={place.warehouseId}>
                <th scope="row">{warehouses.find(({ id }) => id === place.warehouseId)?.name ?? place.warehouseId}</th>
                <td className="num">{countText(place.onHand)}</td>
                <td className="num">{countText(place.reserved)}</td>
                <td className="num">{countText(place.incoming)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Told({ row, shops }: DetailsProps) {
  const words = useWords(stockWords).told
  return (
    <section>
      <h3>{words.title}</h3>
      {row.told.length === 0 ? (
        <p className="quiet">
          {words.none} <Go to={`/listings?view=all&sku=${row.skuId}`}>{words.seeListings}</Go>
        </p>
      ) : (
        <ul className="told-list">
          {row.told.map((told) => (
            <li key={told.listingId}>
              <span className="line">
                <ShopOf shops={shops} shopId={told.shopId} />
                <strong className="push">{told.quantity === null ? '—' : countText(told.quantity)}</strong>
                <ToldTag waiting={told.quantity === null ? (told.waiting ?? 0) : told.waiting} problem={told.problem} />
              </span>
              <span className="small quiet">
                <Time at={told.at} none={words.never} />
                {told.problem && ` · ${told.problem}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ShopOf({ shops, shopId }: { readonly shops: readonly ShopName[]; readonly shopId: number }) {
  const shop = shops.find(({ id }) => id === shopId)
  return shop ? <ShopLine shop={shop} /> : <span>{shopId}</span>
}
