import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import { countText } from '../../format.ts'
import { Tag, Time, type Tone } from '../../parts/signs.tsx'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { Picture, ShopLine } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'

export interface ListingCell {
  readonly row: ListingRow
  readonly dense: boolean
}

export function TitleCell({ row, dense, shop }: ListingCell & { readonly shop: ShopName | undefined }) {
  return (
    <div className={dense ? undefined : 'with-picture'}>
      {!dense && <Picture url={row.imageUrl} />}
      <div className="two">
        <span className="cut">{row.title}</span>
        {!dense && (
          <span className="line">
            {shop && <ShopLine shop={shop} />}
            <span className="cut">{row.specification}</span>
          </span>
        )}
      </div>
    </div>
  )
}

/** What it is matched to, or would be, how sure we are and why. */
export function MatchCell({ row, dense }: ListingCell) {
  const words = useWords(goodsWords).listings
  if (row.sku) {
    return (
      <div className="two">
        <span className="cut">
          <strong>{row.sku.code}</strong> {row.sku.name}
        </span>
        {!dense && (
          <span className="cut">
            {[words.how[row.matchedHow ?? ''], row.matchedBy].filter(Boolean).join(' · ') || words.matched}
          </span>
        )}
      </div>
    )
  }
  if (row.proposal === null) {
    return <span className="quiet">{row.state === 'ignored' ? words.ignored : words.noProposal}</span>
  }
  const { code, name, confidence, why } = row.proposal
  return (
    <div className="two">
      <span className="cut">
        <strong>{code}</strong> {name}
      </span>
      {!dense && (
        <span className="line">
          <Tag tone={sureness(confidence)}>{words.likeness(confidence)}</Tag>
          <span className="cut">{reason(why)}</span>
        </span>
      )}
    </div>
  )
}

/** Why, without the percentage that stands beside it. */
export const reason = (why: string): string => why.replace(/\s*\d+ %$/, '')

const sureness = (confidence: number): Tone => {
  if (confidence >= 95) return 'ok'
  return confidence >= 80 ? 'info' : 'warn'
}

export function WaitingCell({ row }: { readonly row: ListingRow }) {
  const words = useWords(goodsWords).listings
  if (row.waitingOrders === 0) return <span className="quiet">—</span>
  return <Tag tone="err">{words.waiting(countText(row.waitingOrders))}</Tag>
}

/** 库存回传: what the shop was told and whether a newer number waits. */
export function ToldCell({ row, dense }: ListingCell) {
  const words = useWords(goodsWords).told
  if (row.told === null) return <span className="quiet">{words.never}</span>
  const { quantity, waiting, problem, at } = row.told
  return (
    <div className="two">
      <span className="line">
        <span>{countText(quantity)}</span>
        <ToldTag waiting={waiting} problem={problem} />
      </span>
      {!dense && (
        <span>
          <Time at={at} />
        </span>
      )}
    </div>
  )
}

export function ToldTag({ waiting, problem }: { readonly waiting: number | null; readonly problem: string | null }) {
  const words = useWords(goodsWords).told
  if (problem !== null) {
    return (
      <Tag tone="err" tip={problem}>
        {words.problem}
      </Tag>
    )
  }
  if (waiting !== null) return <Tag tone="warn">{words.waiting(countText(waiting))}</Tag>
  return <Tag tone="ok">✓</Tag>
}

export function StateTag({ state }: { readonly state: ListingRow['state'] }) {
  const words = useWords(goodsWords).listings.states
  return <Tag tone={stateTones[state]}>{words[state]}</Tag>
}

const stateTones = {
  unmatched: 'err',
  proposed: 'warn',
  matched: 'ok',
  ignored: 'neutral',
  vanished: 'neutral',
} as const satisfies Record<ListingRow['state'], Tone>
