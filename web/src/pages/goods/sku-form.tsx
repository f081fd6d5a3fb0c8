import { type ReactNode, useState } from 'react'
import type { SkuRow } from '../../../../src/contract/catalogue.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useMay } from '../../session.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { emptySku, inputOf, type SkuText, textOf, wrongIn } from './sku-fields.ts'

const changed = ['GET /skus', 'GET /listings', 'GET /stock'] as const

/** 新建 SKU, in a dialog. */
export function NewSku({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(goodsWords).products
  const parts = useWords(partWords)
  const withCost = useMay()('costs.see')
  const [text, setText] = useState(emptySku)
  const create = useDo('POST /skus', {
    quiet: true,
    changes: changed,
    onDone: (_, input) => {
      say({ tone: 'ok', text: words.createdOne(input.code) })
      onClose()
    },
  })
  const form = useSkuForm(text, create.failure, () => create.run(inputOf(text, withCost)))
  return (
    <Dialog
      title={words.create}
      width={560}
      onClose={onClose}
      onSend={form.send}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={create.isRunning} keys="$mod+Enter">
            {words.create}
          </Button>
        </>
      }
    >
      {form.notice}
      <SkuFields text={text} wrong={form.wrong} withCost={withCost} isFirst onChange={setText} />
    </Dialog>
  )
}

/** 改 SKU, beside the list. */
export function EditSku({ row }: { readonly row: SkuRow }) {
  const words = useWords(goodsWords).products
  const withCost = useMay()('costs.see')
  const [text, setText] = useState(() => textOf(row))
  const change = useDo('PATCH /skus/:id', {
    quiet: true,
    changes: changed,
    onDone: () => say({ tone: 'ok', text: words.saved }),
  })
  const form = useSkuForm(text, change.failure, () => change.run({ id: row.id, ...inputOf(text, withCost) }))
  const isChanged = JSON.stringify(text) !== JSON.stringify(textOf(row))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        form.send()
      }}
    >
      {form.notice}
      <SkuFields text={text} wrong={form.wrong} withCost={withCost} onChange={setText} />
      <div className="line">
        <Button kind="primary" submit busy={change.isRunning} disabled={!isChanged}>
          {words.save}
        </Button>
        {isChanged && <span className="quiet">{words.leave}</span>}
      </div>
    </form>
  )
}

/** Checks when one sends, and shows what the server found at its field. */
function useSkuForm(text: SkuText, failure: unknown, run: () => void) {
  const words = useWords(goodsWords).products.fields
  const [isTold, setTold] = useState(false)
  const found = wrongIn(text, words)
  const told = failure ? failureText(failure) : null
  const field = told?.body?.code === 'SKU_CODE_TAKEN' ? 'code' : fieldNames[told?.body?.field ?? '']
  const wrong = { ...(isTold ? found : {}), ...(told && field && { [field]: told.text }) }
  const notice: ReactNode = told && !field && (
    <p className="notice" data-tone="err" role="alert">
      {told.text}
    </p>
  )
  const send = () => {
    setTold(true)
    if (Object.keys(found).length === 0) run()
  }
  return { wrong, notice, send }
}

const fieldNames: Readonly<Record<string, keyof SkuText>> = {
  code: 'code',
  productName: 'productName',
  specification: 'specification',
  barcode: 'barcode',
  weightG: 'weight',
  costFen: 'cost',
  imageUrl: 'imageUrl',
}

interface FieldsProps {
  readonly text: SkuText
  readonly wrong: Partial<Record<keyof SkuText, string>>
  readonly withCost: boolean
  readonly isFirst?: boolean
  readonly onChange: (text: SkuText) => void
}

function SkuFields({ text, wrong, withCost, isFirst = false, onChange }: FieldsProps) {
  const words = useWords(goodsWords).products.fields
  const field = (name: keyof SkuText) => ({
    value: text[name],
    wrong: wrong[name],
    onChange: (value: string) => onChange({ ...text, [name]: value }),
  })
  return (
    <div className="pair">
      <TextField label={words.code} help={words.codeHelp} isFirst={isFirst} maxLength={60} {...field('code')} />
      <TextField label={words.barcode} help={words.barcodeHelp} maxLength={60} {...field('barcode')} />
      <div className="whole">
        <TextField label={words.name} maxLength={200} {...field('productName')} />
      </div>
      <div className="whole">
        <TextField label={words.specification} maxLength={200} {...field('specification')} />
      </div>
      <TextField label={words.weight} inputMode="numeric" {...field('weight')} />
      {withCost && <TextField label={words.cost} inputMode="decimal" {...field('cost')} />}
      <div className="whole">
        <TextField label={words.imageUrl} {...field('imageUrl')} />
      </div>
    </div>
  )
}
