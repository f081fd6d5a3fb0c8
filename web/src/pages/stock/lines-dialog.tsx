import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText, narrowDigits } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { PickField, TextField } from '../../parts/field.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { stockWords } from '../../words/stock.ts'
import { SkuPick } from '../goods/sku-pick.tsx'
import { CountResult } from './count-result.tsx'
import { useWarehouses } from './warehouses.ts'

/** A SKU with how many, as typed. */
interface Line {
  readonly skuId: number
  readonly code: string
  readonly name: string
  readonly text: string
}

export interface LinesProps {
  /** 入库 adds what is typed; 盘点 makes it the truth. */
  readonly kind: 'receive' | 'count'
  readonly first: { readonly skuId: number; readonly code: string; readonly name: string } | null
  readonly onClose: () => void
}

const changed = ['GET /stock', 'GET /stock/:skuId/movements', 'GET /skus', 'GET /orders', 'GET /orders/counts'] as const

/** 入库 or 盘点 of one SKU or many: find or scan each, type how many, send all. A count is blind: what should be there is not shown. */
export function LinesDialog({ kind, first, onClose }: LinesProps) {
  const words = useWords(stockWords)
  const parts = useWords(partWords)
  const warehouses = useWarehouses()
  const [chosen, setChosen] = useState<number | null>(null)
  const [lines, setLines] = useState<readonly Line[]>(first ? [{ ...first, text: '' }] : [])
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const warehouseId = chosen ?? warehouses[0]?.id ?? null
  const { run, isRunning, failure, differences } = useSending(kind, lines.length, onClose)
  const texts = words[kind]
  const hasWrong = lines.some((line) => quantityOf(line, kind) === null)
  const send = () => {
    setTold(true)
    if (lines.length === 0 || hasWrong || warehouseId === null || isRunning) return
    run({ lines, warehouseId, reason })
  }
  if (differences) return <CountResult differences={differences} names={lines} onClose={onClose} />
  return (
    <Dialog
      title={texts.title}
      width={560}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button
            kind="primary"
            submit
            busy={isRunning}
            keys="$mod+Enter"
            because={lines.length === 0 ? texts.need : null}
          >
            {texts.deed(countText(lines.length))}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="quiet">{texts.help}</p>
        {failure !== null && failure !== undefined && (
          <p className="notice" data-tone="err" role="alert">
            {failureText(failure).text}
          </p>
        )}
        <PickField
          label={words.warehouse}
          value={warehouseId}
          options={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
        <LineFields lines={lines} kind={kind} isTold={isTold} onChange={setLines} />
        <TextField label={words.reason} value={reason} maxLength={200} onChange={setReason} />
      </div>
    </Dialog>
  )
}

interface FieldsProps extends Pick<LinesProps, 'kind'> {
  readonly lines: readonly Line[]
  readonly isTold: boolean
  readonly onChange: (lines: readonly Line[]) => void
}

function LineFields({ lines, kind, isTold, onChange }: FieldsProps) {
  const words = useWords(stockWords)
  const texts = words[kind]
  const [round, setRound] = useState(0)
  return (
    <>
      {lines.length > 0 && (
        <ul className="stock-lines">
          {lines.map((line) => (
            <li key={line.skuId}>
              <span className="two">
                <strong>{line.code}</strong>
                <span className="cut">{line.name}</span>
              </span>
              <input
                className="field"
                inputMode="numeric"
                aria-label={`${texts.quantity} ${line.code}`}
                aria-invalid={(isTold && quantityOf(line, kind) === null) || undefined}
                // biome-ignore lint/a11y/noAutofocus: the line was added in order to type its number.
                autoFocus={line === lines.at(-1)}
                value={line.text}
                onChange={(event) =>
                  onChange(lines.map((each) => (each === line ? { ...line, text: event.target.value } : each)))
                }
              />
              <Button
                kind="quiet"
                small
                icon="close"
                name={words.removeLine(line.code)}
                onPress={() => onChange(lines.filter((each) => each !== line))}
              />
            </li>
          ))}
        </ul>
      )}
      {isTold && lines.some((line) => quantityOf(line, kind) === null) && (
        <p className="wrong" role="alert">
          {texts.number}
        </p>
      )}
      <SkuPick
        key={round}
        isFirst={lines.length === 0}
        label={words.add}
        onPick={(sku) => {
          setRound(round + 1)
          const line = { skuId: sku.id, code: sku.code, name: `${sku.productName} ${sku.specification}`, text: '' }
          if (!lines.some(({ skuId }) => skuId === sku.id)) onChange([...lines, line])
        }}
      />
    </>
  )
}

/** The number typed; null when it is none that can be meant. */
function quantityOf({ text }: Line, kind: LinesProps['kind']): number | null {
  const typed = narrowDigits(text).trim()
  if (!/^\d{1,7}$/.test(typed)) return null
  const quantity = Number(typed)
  return quantity > 1_000_000 || (kind === 'receive' && quantity === 0) ? null : quantity
}

export type Differences = Answer<'POST /stock/count'>['differences']

interface Sending {
  readonly lines: readonly Line[]
  readonly warehouseId: number
  readonly reason: string
}

function useSending(kind: LinesProps['kind'], count: number, onClose: () => void) {
  const words = useWords(stockWords)
  const [differences, setDifferences] = useState<Differences | null>(null)
  const receive = useDo('POST /stock/receive', {
    quiet: true,
    changes: changed,
    onDone: () => {
      say({ tone: 'ok', text: words.receive.did(countText(count)) })
      onClose()
    },
  })
  const tally = useDo('POST /stock/count', {
    quiet: true,
    changes: changed,
    onDone: (answer) => setDifferences(answer.differences),
  })
  const run = ({ lines, warehouseId, reason }: Sending) => {
    const numbers = lines.map((line) => ({ skuId: line.skuId, warehouseId, number: quantityOf(line, kind) ?? 0 }))
    const why = reason.trim()
    if (kind === 'receive') {
      receive.run({ lines: numbers.map(({ number, ...moved }) => ({ ...moved, quantity: number })), reason: why })
    } else {
      const counted = numbers.map(({ number, ...moved }) => ({ ...moved, counted: number }))
      tally.run({ lines: counted, ...(why !== '' && { reason: why }) })
    }
  }
  const one = kind === 'receive' ? receive : tally
  return { run, isRunning: one.isRunning, failure: one.failure, differences }
}
