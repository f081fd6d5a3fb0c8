import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { useCursor } from '../../parts/cursor.ts'
import { PickField } from '../../parts/field.tsx'
import { Go } from '../../parts/go.tsx'
import { Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { stockWords } from '../../words/stock.ts'
import { signed } from './count-result.tsx'
import { useWarehouses } from './warehouses.ts'

type Movement = Answer<'GET /stock/:skuId/movements'>['rows'][number]

const pageSize = 20

/** 库存流水: every change with its kind, its order or reason, and who made it; newest first. */
export function Movements({ skuId }: { readonly skuId: number }) {
  const words = useWords(stockWords)
  const grid = useWords(partWords).grid
  const warehouses = useWarehouses()
  const [warehouseId, setWarehouse] = useState(0)
  const [after, setAfter] = useState<string>()
  const read = useRead('GET /stock/:skuId/movements', {
    skuId,
    limit: pageSize,
    ...(warehouseId !== 0 && { warehouseId }),
    ...(after !== undefined && { after }),
  })
  const cursor = useCursor({ after, next: read.data?.next, go: setAfter })
  return (
    <div className="stack">
      {warehouses.length > 1 && (
        <PickField
          label={words.warehouse}
          value={warehouseId}
          options={[
            { value: 0, label: words.movements.everywhere },
            ...warehouses.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(next) => {
            setWarehouse(next)
            setAfter(undefined)
          }}
        />
      )}
      <Shown read={read} what={words.movements.title} rows={5}>
        {({ rows }) => (
          <>
            {rows.length === 0 && <p className="quiet">{words.movements.none}</p>}
            <ol className="history">
              {rows.map((row) => (
                <Row key={row.id} row={row} name={warehouses.find(({ id }) => id === row.warehouseId)?.name ?? ''} />
              ))}
            </ol>
            {(cursor.hasNext || cursor.hasPrevious) && (
              <div className="line">
                <Button
                  small
                  icon="left"
                  name={grid.previous}
                  disabled={!cursor.hasPrevious}
                  onPress={cursor.onPrevious}
                />
                <Button small icon="right" name={grid.next} disabled={!cursor.hasNext} onPress={cursor.onNext} />
              </div>
            )}
          </>
        )}
      </Shown>
    </div>
  )
}

function Row({ row, name }: { readonly row: Movement; readonly name: string }) {
  const words = useWords(stockWords)
  const changes = (['onHand', 'reserved', 'incoming'] as const)
    .filter((id) => row[id] !== 0)
    .map((id) => `${words.columns[id]} ${signed(row[id])}`)
  return (
    <li>
      <span className="line">
        <strong>{words.movements.kinds[row.kind]}</strong>
        <span className="push nowrap">{changes.join('，')}</span>
      </span>
      <span className="quiet small">
        <Time at={row.at} /> · {name} · {row.actor}
        {row.orderNo && (
          <>
            {' · '}
            <Go to={`/orders/${row.orderNo}`}>{row.orderNo}</Go>
          </>
        )}
        {row.reason && ` · ${row.reason}`}
      </span>
    </li>
  )
}
