import type { ListingRow, SkuRow } from '../../../../src/contract/catalogue.ts'
import { countText } from '../../format.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { SkuPick } from './sku-pick.tsx'

interface PickProps {
  readonly rows: readonly ListingRow[]
  readonly isRunning: boolean
  readonly onPick: (sku: SkuRow) => void
  readonly onClose: () => void
}

/** 找 SKU: which of ours a listing is, found by hand. */
export function PickDialog({ rows, isRunning, onPick, onClose }: PickProps) {
  const words = useWords(goodsWords).listings.pick
  const [first] = rows
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="stack">
        {first && (
          <p>
            <strong>{first.title}</strong> {first.specification}
            {rows.length > 1 && <span className="quiet"> {words.more(countText(rows.length - 1))}</span>}
          </p>
        )}
        <SkuPick
          isFirst
          label={words.label}
          start={first?.merchantCode ?? ''}
          onPick={(sku) => {
            if (!isRunning) onPick(sku)
          }}
        />
      </div>
    </Dialog>
  )
}
