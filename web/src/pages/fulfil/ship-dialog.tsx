import { useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText } from '../../format.ts'
import { type LeftOutGroup, Preview } from '../../parts/batch.tsx'
import { Check } from '../../parts/field.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'

interface ShipProps {
  readonly parcels: readonly ParcelRow[]
  readonly isRunning: boolean
  readonly onShip: (ids: readonly number[], unchecked: boolean) => void
  readonly onClose: () => void
}

type Reason = keyof typeof fulfilWords.zh.ship.groups

/** 发货, seen before: how many leave, what the buyers get, which stay and why. */
export function ShipDialog({ parcels, isRunning, onShip, onClose }: ShipProps) {
  const words = useWords(fulfilWords)
  const [unchecked, setUnchecked] = useState(false)
  const open = parcels.filter((row) => reasonOf(row, true) === null && reasonOf(row, false) === 'unchecked')
  const going = parcels.filter((row) => reasonOf(row, unchecked) === null)
  const count = countText(going.length)
  return (
    <Preview
      title={words.ship.title}
      plan={{ done: going.length, groups: groupsOf(parcels, unchecked, words.ship.groups) }}
      facts={<p className="quiet">{words.ship.effects}</p>}
      deed={words.does.ship(count)}
      isRunning={isRunning}
      onDo={() =>
        onShip(
          going.map(({ id }) => id),
          unchecked,
        )
      }
      onClose={onClose}
    >
      {open.length > 0 && (
        <p className="spaced">
          <Check label={words.ship.unchecked(countText(open.length))} checked={unchecked} onChange={setUnchecked} />
        </p>
      )}
    </Preview>
  )
}

function reasonOf(row: ParcelRow, unchecked: boolean): Reason | null {
  if (row.state === 'stopped' || row.stopped !== null) return 'stopped'
  if (row.state === 'shipped' || row.state === 'cancelled') return 'gone'
  if (row.waybillNo === null) return 'number'
  return row.state === 'checked' || unchecked ? null : 'unchecked'
}

function groupsOf(
  parcels: readonly ParcelRow[],
  unchecked: boolean,
  words: typeof fulfilWords.zh.ship.groups,
): LeftOutGroup[] {
  const left = Map.groupBy(parcels, (row) => reasonOf(row, unchecked))
  return (Object.keys(words) as Reason[]).flatMap((code) => {
    const rows = left.get(code) ?? []
    if (rows.length === 0) return []
    return [{ code, ...words[code], count: rows.length, orderNos: rows.map(({ parcelNo }) => parcelNo) }]
  })
}
