import { useState } from 'react'
import { type Answer, CallFailed, call } from '../api.ts'
import { countText, narrowDigits } from '../format.ts'
import { keep, kept } from '../keep.ts'
import { isSameCode, meaningsOf, shownCode } from '../scan/codes.ts'
import { sound } from '../scan/station.ts'
import { useScanner } from '../scan/use-scanner.ts'
import { useWords } from '../words/language.ts'
import { pageWords } from '../words/phone-pages.ts'
import { CameraButton } from './camera-button.tsx'
import { CountOutcome } from './count-outcome.tsx'
import { Failed } from './failed.tsx'
import { ScanSlot } from './scan-slot.tsx'
import { useCall } from './use-call.ts'

type Kind = 'count' | 'receive'

/** A SKU scanned here, and how often. */
interface Tally {
  readonly skuId: number
  readonly code: string
  readonly name: string
  readonly pieces: number
}

interface Sheet {
  readonly kind: Kind
  readonly lines: readonly Tally[]
}

const place = 'tongdan.phone-count'
const blank: Sheet = { kind: 'count', lines: [] }

/** 盘点 and 入库: scan piece by piece, blind. What was scanned is kept on the phone until it is sent. */
export default function CountPage() {
  const words = useWords(pageWords).count
  const [sheet, setSheet] = useState<Sheet>(() => (kept(place) as Sheet | null) ?? blank)
  const [said, setSaid] = useState<string | null>(null)
  const [done, setDone] = useState<Outcome | null>(null)
  const set = (next: Sheet) => {
    setSheet(next)
    keep(place, next)
  }
  const take = async (code: string) => {
    const found = await findSku(code).catch(unlessFailed)
    sound(found ? 'right' : 'wrong')
    if (found) setSheet((now) => keptSheet(added(now, found)))
    const refused = found === null ? words.unknown(shownCode(code)) : words.offline
    setSaid(found ? null : refused)
  }
  useScanner({ isOn: done === null, onCode: ({ text }) => void take(text) })
  if (done) {
    return (
      <CountOutcome
        outcome={done}
        onNext={() => {
          set({ ...sheet, lines: [] })
          setDone(null)
        }}
      />
    )
  }
  return (
    <div className="phone-stack">
      <ScanSlot isOn label={words.ask} onCode={(code) => void take(code)} />
      <Kinds kind={sheet.kind} onChange={(kind) => set({ ...sheet, kind })} />
      <p className="phone-ask">{words.ask}</p>
      <p className="quiet">{words.help[sheet.kind]}</p>
      {said && (
        <p className="notice" data-tone="err" role="alert">
          {said}
        </p>
      )}
      <Lines sheet={sheet} onChange={(lines) => set({ ...sheet, lines })} />
      <CameraButton onCode={(code) => void take(code)} />
      <Send sheet={sheet} onDone={setDone} />
    </div>
  )
}

function keptSheet(sheet: Sheet): Sheet {
  keep(place, sheet)
  return sheet
}

function unlessFailed(error: unknown): undefined {
  if (!(error instanceof CallFailed)) throw error
  return undefined
}

/** The SKU that a scan means, or null. Throws CallFailed. */
async function findSku(code: string): Promise<Omit<Tally, 'pieces'> | null> {
  for (const meaning of meaningsOf(code)) {
    const { rows } = await call('GET /skus', { search: meaning, limit: 20 })
    const sku = rows.find((row) => isSameCode(row.code, meaning) || isSameCode(row.barcode, meaning))
    if (sku) return { skuId: sku.id, code: sku.code, name: `${sku.productName} ${sku.specification}` }
  }
  return null
}

function added(sheet: Sheet, sku: Omit<Tally, 'pieces'>): Sheet {
  const known = sheet.lines.find(({ skuId }) => skuId === sku.skuId)
  if (known === undefined) return { ...sheet, lines: [{ ...sku, pieces: 1 }, ...sheet.lines] }
  const rest = sheet.lines.filter((line) => line !== known)
  return { ...sheet, lines: [{ ...known, pieces: known.pieces + 1 }, ...rest] }
}

function Kinds({ kind, onChange }: { readonly kind: Kind; readonly onChange: (kind: Kind) => void }) {
  const words = useWords(pageWords).count
  return (
    <fieldset className="phone-set">
      <legend className="heard-only">{words.ask}</legend>
      <div className="choices">
        {(['count', 'receive'] as const).map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="kind" checked={each === kind} onChange={() => onChange(each)} />
            {words.kinds[each]}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface LinesProps {
  readonly sheet: Sheet
  readonly onChange: (lines: readonly Tally[]) => void
}

const most = 1_000_000

function Lines({ sheet, onChange }: LinesProps) {
  const words = useWords(pageWords).count
  const { lines } = sheet
  const set = (line: Tally, pieces: number) =>
    onChange(lines.map((each) => (each === line ? { ...line, pieces: Math.max(0, Math.min(most, pieces)) } : each)))
  if (lines.length === 0) return <p className="quiet">{words.empty}</p>
  return (
    <ul className="phone-list" aria-live="polite">
      {lines.map((line) => (
        <li key={line.skuId} className="phone-card phone-tally">
          <span className="phone-row-text">
            <strong className="mono">{line.code}</strong>
            <span>{line.name}</span>
          </span>
          <div className="phone-steps">
            <button
              type="button"
              className="btn"
              aria-label={words.less(line.code)}
              onClick={() => set(line, line.pieces - 1)}
            >
              −
            </button>
            <input
              className="field"
              inputMode="numeric"
              aria-label={words.quantity(line.code)}
              value={line.pieces}
              onChange={(event) => set(line, Number(narrowDigits(event.target.value).replace(/\D/g, '')))}
            />
            <button
              type="button"
              className="btn"
              aria-label={words.more(line.code)}
              onClick={() => set(line, line.pieces + 1)}
            >
              ＋
            </button>
            <button
              type="button"
              className="btn"
              data-kind="quiet"
              aria-label={words.remove(line.code)}
              onClick={() => onChange(lines.filter((each) => each !== line))}
            >
              ✕
            </button>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What became of it: the differences of a count, or null for goods received. */
export interface Outcome {
  readonly differences: Answer<'POST /stock/count'>['differences'] | null
  readonly lines: readonly Tally[]
}

function Send({ sheet, onDone }: { readonly sheet: Sheet; readonly onDone: (outcome: Outcome) => void }) {
  const words = useWords(pageWords).count
  const warehouses = useCall('GET /warehouses', {})
  const [chosen, setChosen] = useState<number | null>(null)
  const [failure, setFailure] = useState<CallFailed | null>(null)
  const [asked, setAsked] = useState<{ readonly goods: string; readonly odd: readonly string[] } | null>(null)
  const active = warehouses.data?.rows.filter(({ isActive }) => isActive) ?? []
  const warehouseId = chosen ?? active[0]?.id ?? null
  const lines = sheet.kind === 'receive' ? sheet.lines.filter(({ pieces }) => pieces > 0) : sheet.lines
  const goods = `${warehouseId} ${lines
    .map(({ code }) => code)
    .sort()
    .join()}`
  const send = async () => {
    if (warehouseId === null) return
    setFailure(null)
    try {
      // What differs is counted once more before it becomes the truth, still without being told the books.
      if (sheet.kind === 'count' && asked?.goods !== goods) {
        const odd = await differingFrom(lines, warehouseId)
        setAsked({ goods, odd })
        if (odd.length > 0) return
      }
      onDone({ lines, differences: await sent(sheet.kind, lines, warehouseId) })
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      setFailure(error)
    }
  }
  if (warehouses.failure && warehouses.data === null) {
    return <Failed failure={warehouses.failure} onAgain={warehouses.again} />
  }
  return (
    <>
      {active.length > 1 && (
        <label className="phone-find">
          <span>{words.warehouse}</span>
          <select
            className="field"
            value={warehouseId ?? ''}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {active.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {failure && <Failed failure={failure} onAgain={() => void send()} />}
      {asked?.goods === goods && asked.odd.length > 0 && (
        <p className="notice" data-tone="warn" role="alert">
          {words.again(asked.odd.join('、'))}
        </p>
      )}
      <button
        type="button"
        className="btn phone-main"
        data-kind="primary"
        disabled={lines.length === 0 || warehouseId === null}
        onClick={() => void send()}
      >
        {words.send[sheet.kind](countText(lines.length))}
      </button>
    </>
  )
}

/** The codes of which the books say another number at this warehouse. Throws CallFailed. */
async function differingFrom(lines: readonly Tally[], warehouseId: number): Promise<string[]> {
  const odd: string[] = []
  for (const line of lines) {
    const { rows } = await call('GET /stock', { search: line.code, limit: 20 })
    const here = rows.find(({ skuId }) => skuId === line.skuId)?.warehouses.find((at) => at.warehouseId === warehouseId)
    if ((here?.onHand ?? 0) !== line.pieces) odd.push(line.code)
  }
  return odd
}

async function sent(kind: Kind, lines: readonly Tally[], warehouseId: number): Promise<Outcome['differences']> {
  if (kind === 'receive') {
    await call('POST /stock/receive', {
      lines: lines.map(({ skuId, pieces }) => ({ skuId, warehouseId, quantity: pieces })),
    })
    return null
  }
  const counted = lines.map(({ skuId, pieces }) => ({ skuId, warehouseId, counted: pieces }))
  return (await call('POST /stock/count', { lines: counted })).differences
}
