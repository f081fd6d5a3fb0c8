import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField, TextField } from '../../parts/field.tsx'
import { Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'

interface AddressProps {
  readonly orderNo: string
  readonly onClose: () => void
}

interface Address {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  readonly address: string
}

const blank: Address = { name: '', phone: '', province: '', city: '', district: '', town: '', address: '' }
const needed = ['name', 'phone', 'province', 'city', 'address'] as const

/** 改收件地址: a pasted address fills the fields and says how much of it was understood. The old one is masked, so it is typed anew. */
export function AddressDialog({ orderNo, onClose }: AddressProps) {
  const words = useWords(orderWords).address
  const what = useWords(orderWords).what
  const cancel = useWords(partWords).cancel
  const order = useRead('GET /orders/:orderNo', { orderNo })
  const [address, setAddress] = useState<Address>(blank)
  const [isTold, setTold] = useState(false)
  const save = useDo('POST /orders/:orderNo/address', {
    changes: ['GET /orders', 'GET /orders/:orderNo', 'GET /orders/counts'],
    onDone: () => {
      say({ tone: 'ok', text: words.done })
      onClose()
    },
  })
  const isWhole = needed.every((field) => address[field].trim() !== '')
  const send = () => {
    setTold(true)
    if (isWhole && order.data && !save.isRunning) save.run({ orderNo, version: order.data.version, ...address })
  }
  return (
    <Dialog
      title={`${words.title} ${orderNo}`}
      width={560}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={save.isRunning} keys="$mod+Enter">
            {words.deed}
          </Button>
        </>
      }
    >
      <Shown read={order} what={what}>
        {() => (
          <div className="stack">
            <p className="quiet">{words.only}</p>
            <Pasted onUnderstood={(understood) => setAddress({ ...address, ...understood })} />
            <Fields address={address} onChange={setAddress} isTold={isTold} />
          </div>
        )}
      </Shown>
    </Dialog>
  )
}

const tones = { full: 'ok', partial: 'warn', none: 'err' } as const

function Pasted({ onUnderstood }: { readonly onUnderstood: (understood: Partial<Address>) => void }) {
  const words = useWords(orderWords).address
  const [text, setText] = useState('')
  const [certainty, setCertainty] = useState<keyof typeof tones | null>(null)
  const understand = useDo('POST /addresses/understand', {
    onDone: ({ detail, certainty: how, ...rest }) => {
      setCertainty(how)
      const told = Object.entries({ ...rest, address: detail }).filter(([, value]) => value !== '')
      onUnderstood(Object.fromEntries(told))
    },
  })
  const read = (pasted: string) => {
    if (pasted.trim() !== '') understand.run({ text: pasted })
  }
  return (
    <div className="stack">
      <AreaField
        isFirst
        rows={2}
        label={words.paste}
        placeholder={words.pasteHelp}
        value={text}
        maxLength={500}
        onChange={(next) => {
          // A paste comes in one piece; typing does not.
          if (next.length - text.length > 8) read(next)
          setText(next)
        }}
      />
      <div className="line wrap">
        <Button busy={understand.isRunning} disabled={text.trim() === ''} onPress={() => read(text)}>
          {words.understand}
        </Button>
        {certainty && (
          <span className="tag" data-tone={tones[certainty]} role="status">
            {words.certainty[certainty]}
          </span>
        )}
      </div>
    </div>
  )
}

interface FieldsProps {
  readonly address: Address
  readonly onChange: (address: Address) => void
  readonly isTold: boolean
}

function Fields({ address, onChange, isTold }: FieldsProps) {
  const words = useWords(orderWords).address
  const field = (name: keyof Address) => ({
    value: address[name],
    onChange: (value: string) => onChange({ ...address, [name]: value }),
    wrong: isTold && (needed as readonly string[]).includes(name) && address[name].trim() === '' ? words.need : null,
  })
  return (
    <div className="address-fields">
      <TextField label={words.name} maxLength={50} {...field('name')} />
      <TextField label={words.phone} type="tel" maxLength={30} {...field('phone')} />
      <TextField label={words.province} maxLength={20} {...field('province')} />
      <TextField label={words.city} maxLength={30} {...field('city')} />
      <TextField label={words.district} maxLength={30} {...field('district')} />
      <TextField label={words.town} maxLength={30} {...field('town')} />
      <div className="address-detail">
        <TextField label={words.detail} maxLength={200} {...field('address')} />
      </div>
    </div>
  )
}
