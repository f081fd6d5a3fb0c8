import { useState } from 'react'
import type { StockRow } from '../../../../src/contract/inventory.ts'
import { countText, narrowDigits } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Choices, PickField, TextField } from '../../parts/field.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { stockWords } from '../../words/stock.ts'
import { signed } from './count-result.tsx'
import { useWarehouses } from './warehouses.ts'

interface OneProps {
  readonly row: StockRow
  readonly onClose: () => void
}

const changed = ['GET /stock', 'GET /stock/:skuId/movements', 'GET /skus'] as const

/** 调整: a signed change of one SKU at one warehouse, never without a reason. */
export function AdjustDialog({ row, onClose }: OneProps) {
  const words = useWords(stockWords)
  const parts = useWords(partWords)
  const warehouses = useWarehouses()
  const [chosen, setChosen] = useState<number | null>(null)
  const [text, setText] = useState('')
  const [reason, setReason] = useState<string | null>(null)
  const [more, setMore] = useState('')
  const [isTold, setTold] = useState(false)
  const adjust = useDo('POST /stock/adjust', {
    quiet: true,
    changes: changed,
    onDone: () => {
      say({ tone: 'ok', text: words.adjust.did })
      onClose()
    },
  })
  const warehouseId = chosen ?? warehouses[0]?.id ?? null
  const change = changeOf(text)
  const why = [reason, more.trim()].filter(Boolean).join('：')
  const send = () => {
    setTold(true)
    if (change !== null && why !== '' && warehouseId !== null && !adjust.isRunning)
      adjust.run({ skuId: row.skuId, warehouseId, change, reason: why })
  }
  return (
    <Dialog
      title={words.adjust.title(row.code)}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={adjust.isRunning} keys="$mod+Enter">
            {change === null ? words.adjust.deed : words.adjust.deedBy(signed(change))}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Told failure={adjust.failure} />
        <PickField
          label={words.warehouse}
          value={warehouseId}
          options={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
        <TextField
          isFirst
          label={words.adjust.change}
          help={words.adjust.help}
          value={text}
          onChange={setText}
          wrong={isTold && change === null ? words.adjust.need : null}
        />
        <Choices
          label={words.reason}
          value={reason}
          options={words.adjust.reasons.map((each) => ({ value: each, label: each }))}
          onChange={setReason}
          wrong={isTold && why === '' ? words.needReason : null}
        />
        <TextField label={words.more} value={more} maxLength={150} onChange={setMore} />
      </div>
    </Dialog>
  )
}

/** `-3`, `+12`, also with wide digits; null for none. */
function changeOf(text: string): number | null {
  const typed = narrowDigits(text).replace('−', '-').replace('＋', '+').trim()
  if (!/^[+-]?\d{1,7}$/.test(typed)) return null
  const change = Number(typed)
  return change === 0 ? null : change
}

/** 安全库存: pieces that no shop is told of. */
export function SafetyDialog({ row, onClose }: OneProps) {
  const words = useWords(stockWords).safety
  const parts = useWords(partWords)
  const [text, setText] = useState(String(row.safety))
  const set = useDo('POST /stock/safety', {
    quiet: true,
    changes: changed,
    onDone: () => {
      say({ tone: 'ok', text: words.did })
      onClose()
    },
  })
  const typed = narrowDigits(text).trim()
  const safety = /^\d{1,7}$/.test(typed) ? Number(typed) : null
  const sellable = safety === null ? null : Math.max(0, row.available - safety)
  return (
    <Dialog
      title={words.title(row.code)}
      onClose={onClose}
      onSend={() => {
        if (safety !== null && !set.isRunning) set.run({ skuId: row.skuId, safety })
      }}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={set.isRunning} keys="$mod+Enter" disabled={safety === null}>
            {words.deed}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Told failure={set.failure} />
        <TextField
          isFirst
          label={words.label}
          help={words.help}
          inputMode="numeric"
          value={text}
          onChange={setText}
          wrong={safety === null ? words.need : null}
        />
        {sellable !== null && <p className="quiet">{words.after(countText(sellable))}</p>}
      </div>
    </Dialog>
  )
}

function Told({ failure }: { readonly failure: unknown }) {
  if (failure === null || failure === undefined) return null
  return (
    <p className="notice" data-tone="err" role="alert">
      {failureText(failure).text}
    </p>
  )
}
