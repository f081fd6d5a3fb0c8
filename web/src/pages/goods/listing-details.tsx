import type { ReactNode } from 'react'
import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { Money, Tag, Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { ShopLine } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'
import { reason, StateTag, ToldTag } from './listing-cells.tsx'
import type { ListingDeeds } from './listing-deeds.tsx'

interface DetailsProps {
  readonly row: ListingRow
  readonly shop: ShopName | undefined
  readonly deeds: ListingDeeds
}

/** A listing beside the list: what we would match it to and why, whose orders wait, what the shop was told, and what was done before. */
export function ListingDetails({ row, shop, deeds }: DetailsProps) {
  const words = useWords(goodsWords).listings
  const may = useMay()
  return (
    <div className="stack details">
      {row.waitingOrders > 0 && (
        <div className="notice" data-tone="err">
          <strong>{words.waitingLong(countText(row.waitingOrders))}</strong>
          {may('orders.read') && <Go to="/review?findings=unmatched">{words.seeOrders}</Go>}
        </div>
      )}
      {may('catalogue.edit') && <Acts row={row} deeds={deeds} />}
      <Facts row={row} shop={shop} />
      <section>
        <h3>{words.history}</h3>
        <History id={row.id} />
      </section>
    </div>
  )
}

function Acts({ row, deeds }: Omit<DetailsProps, 'shop'>) {
  const words = useWords(goodsWords).listings.deeds
  const one = [row]
  if (row.state === 'matched') {
    return (
      <div className="line wrap">
        <Button keys="KeyU" busy={deeds.isRunning} onPress={() => deeds.unmatch(row)}>
          {words.unmatch}
        </Button>
        <Button keys="KeyS" onPress={() => deeds.pick(one)}>
          {words.change}
        </Button>
      </div>
    )
  }
  if (row.state === 'ignored') {
    return (
      <div className="line wrap">
        <Button busy={deeds.isRunning} onPress={() => deeds.ignore(one, false)}>
          {words.unignore}
        </Button>
      </div>
    )
  }
  return (
    <div className="line wrap">
      {row.proposal && (
        <Button kind="primary" keys="KeyA" busy={deeds.isRunning} onPress={() => deeds.accept(one)}>
          {words.accept}
        </Button>
      )}
      <Button keys="KeyS" onPress={() => deeds.pick(one)}>
        {words.pick}
      </Button>
      <Button keys="KeyN" busy={deeds.isRunning} onPress={() => deeds.create(one)}>
        {words.create}
      </Button>
      <Button keys="KeyI" busy={deeds.isRunning} onPress={() => deeds.ignore(one, true)}>
        {words.ignore}
      </Button>
    </div>
  )
}

function Facts({ row, shop }: Omit<DetailsProps, 'deeds'>) {
  const words = useWords(goodsWords)
  const facts = words.listings.facts
  return (
    <dl className="facts">
      <Fact name={facts.state}>
        <StateTag state={row.state} /> {!row.isOnSale && <Tag>{facts.offSale}</Tag>}
      </Fact>
      <Fact name={facts.title}>
        {row.title} {row.specification}
      </Fact>
      <Fact name={facts.shop}>{shop ? <ShopLine shop={shop} /> : '—'}</Fact>
      <Fact name={facts.code}>
        {row.merchantCode ?? '—'} {row.merchantCode && <Copy text={row.merchantCode} what={facts.code} />}
      </Fact>
      <Fact name={facts.number}>
        <span className="mono">{[row.channelItemNo, row.channelSkuNo].filter(Boolean).join(' / ')}</span>
      </Fact>
      <Fact name={facts.price}>
        <Money fen={row.priceFen} />
      </Fact>
      {row.sku && (
        <Fact name={facts.sku}>
          <p>
            <Go to={`/products?open=${row.sku.id}`}>{row.sku.code}</Go> {row.sku.name}
          </p>
        </Fact>
      )}
      {!row.sku && row.proposal && (
        <Fact name={facts.proposal}>
          <strong>{row.proposal.code}</strong> {row.proposal.name}
          <br />
          <span className="quiet">
            {words.listings.likeness(row.proposal.confidence)} · {reason(row.proposal.why)}
          </span>
        </Fact>
      )}
      <Fact name={facts.shown}>{row.shownQuantity === null ? '—' : countText(row.shownQuantity)}</Fact>
      <Fact name={facts.told}>
        {row.told === null ? (
          words.told.never
        ) : (
          <>
            {countText(row.told.quantity)} · <Time at={row.told.at} />{' '}
            <ToldTag waiting={row.told.waiting} problem={row.told.problem} />
            {row.told.problem && <p className="is-short">{row.told.problem}</p>}
          </>
        )}
      </Fact>
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

function History({ id }: { readonly id: number }) {
  const words = useWords(goodsWords).listings
  const history = useRead('GET /listings/:id/history', { id })
  return (
    <Shown read={history} what={words.history} rows={2}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p className="quiet">{words.noHistory}</p>
        ) : (
          <ol className="history">
            {rows.map((each) => (
              <li key={`${each.at} ${each.how}`}>
                {words.how[each.how] ?? each.how} {each.skuCode && <strong>{each.skuCode}</strong>}
                <br />
                <span className="quiet small">
                  <Time at={each.at} /> · {each.actor}
                </span>
              </li>
            ))}
          </ol>
        )
      }
    </Shown>
  )
}
