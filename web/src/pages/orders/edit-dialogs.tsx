import { useState } from 'react'
import type { Warehouse } from '../../../../src/contract/inventory.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField, Choices, PickField } from '../../parts/field.tsx'
import { Failed, Shown, Skeleton } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'

interface EditProps {
  readonly orderNo: string
  readonly onClose: () => void
}

/** The flag stays as the channel has it. */
const keepFlag = 'keep'

const changes = ['GET /orders', 'GET /orders/:orderNo', 'GET /orders/counts'] as const

/** 改卖家备注: begins with what stands there now. */
export function RemarkDialog({ orderNo, onClose }: EditProps) {
  const order = useRead('GET /orders/:orderNo', { orderNo })
  const words = useWords(orderWords)
  if (order.data === undefined)
    return (
      <Dialog title={words.remark.title} onClose={onClose}>
        <Shown read={order} what={words.what}>
          {() => null}
        </Shown>
      </Dialog>
    )
  return (
    <RemarkForm
      orderNo={orderNo}
      onClose={onClose}
      remark={order.data.sellerRemark ?? ''}
      flag={order.data.flag ?? keepFlag}
    />
  )
}

function RemarkForm({ orderNo, onClose, ...now }: EditProps & { readonly remark: string; readonly flag: string }) {
  const words = useWords(orderWords).remark
  const cancel = useWords(partWords).cancel
  const [remark, setRemark] = useState(now.remark)
  const [flag, setFlag] = useState(now.flag)
  const save = useDo('POST /orders/:orderNo/remark', {
    changes,
    onDone: () => {
      say({ tone: 'ok', text: words.done })
      onClose()
    },
  })
  const offered = [
    { value: keepFlag, label: words.keep },
    ...Object.entries(words.flags).map(([value, label]) => ({ value, label })),
  ]
  return (
    <Dialog
      title={`${words.title} ${orderNo}`}
      onClose={onClose}
      onSend={() => save.run({ orderNo, remark, flag: flag === keepFlag ? null : flag })}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={save.isRunning} keys="$mod+Enter">
            {words.deed}
          </Button>
        </>
      }
    >
      <div className="stack">
        <AreaField isFirst label={words.words} help={words.help} value={remark} onChange={setRemark} maxLength={500} />
        <Choices label={words.flag} value={flag} options={offered} onChange={setFlag} />
      </div>
    </Dialog>
  )
}

/** 改仓: the pieces held move along, or the server says of what there is too little. */
export function WarehouseDialog({ orderNo, onClose }: EditProps) {
  const words = useWords(orderWords)
  const order = useRead('GET /orders/:orderNo', { orderNo })
  const warehouses = useRead('GET /warehouses', {})
  if (order.data === undefined || warehouses.data === undefined)
    return (
      <Dialog title={words.warehouse.title} width={420} onClose={onClose}>
        {order.error || warehouses.error ? (
          <Failed error={order.error ?? warehouses.error} what={words.what} />
        ) : (
          <Skeleton rows={2} height={37} />
        )}
      </Dialog>
    )
  const active = warehouses.data.rows.filter((each) => each.isActive)
  return <WarehouseForm orderNo={orderNo} onClose={onClose} warehouses={active} now={order.data.warehouseId} />
}

interface WarehouseFormProps extends EditProps {
  readonly warehouses: readonly Warehouse[]
  /** The order's warehouse now. */
  readonly now: number | null
}

function WarehouseForm({ orderNo, onClose, warehouses, now }: WarehouseFormProps) {
  const words = useWords(orderWords).warehouse
  const cancel = useWords(partWords).cancel
  const [chosen, setChosen] = useState(now)
  const isSame = chosen === null || chosen === now
  const save = useDo('POST /orders/:orderNo/warehouse', {
    changes: [...changes, 'GET /stock'],
    onDone: () => {
      say({ tone: 'ok', text: words.done(warehouses.find((each) => each.id === chosen)?.name ?? '') })
      onClose()
    },
  })
  return (
    <Dialog
      title={`${words.title} ${orderNo}`}
      width={420}
      onClose={onClose}
      onSend={() => !isSame && save.run({ orderNo, warehouseId: chosen })}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={save.isRunning} disabled={isSame} keys="$mod+Enter">
            {words.deed}
          </Button>
        </>
      }
    >
      <PickField
        label={words.pick}
        help={words.help}
        value={chosen}
        options={warehouses.map((each) => ({
          value: each.id,
          label: words.place(each.name, each.city) + (each.id === now ? words.is : ''),
        }))}
        onChange={setChosen}
      />
    </Dialog>
  )
}
