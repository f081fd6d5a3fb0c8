import { useEffect, useRef, useState } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText, timeText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { reread } from '../../query.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { isLabel, makeSheets, type PrintDocument, type PrintPlan, planPrint, type Sheet } from './print.ts'

interface PrintProps {
  readonly parcels: readonly ParcelRow[]
  readonly document: PrintDocument
  readonly onDraw: (ids: readonly number[]) => void
  /** Labels were made: the parcels move on. */
  readonly onPrinted: (ids: readonly number[]) => void
  readonly onClose: () => void
}

/** 打印: what was printed before is shown with time and person first; then the sheets, to be looked at and sent to the printer. */
export function PrintDialog({ parcels, document, onDraw, onPrinted, onClose }: PrintProps) {
  const words = useWords(fulfilWords)
  const parts = useWords(partWords)
  const plan = planPrint(parcels, document)
  const isClear = plan.again.length === 0 && plan.noNumber.length === 0 && plan.stopped.length === 0
  const [chosen, setChosen] = useState<readonly ParcelRow[] | null>(isClear ? plan.fresh : null)
  const all = [...plan.fresh, ...plan.again]
  const name = words.documents[document]
  if (chosen !== null) {
    return (
      <Sheets
        title={words.print.title(name, countText(chosen.length))}
        ids={chosen.map(({ id }) => id)}
        document={document}
        onPrinted={onPrinted}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog
      title={words.print.title(name, countText(all.length))}
      onClose={onClose}
      onSend={all.length > 0 ? () => setChosen(plan.fresh.length > 0 ? plan.fresh : all) : undefined}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          {plan.again.length > 0 && plan.fresh.length > 0 && (
            <Button onPress={() => setChosen(all)}>{words.print.all(countText(all.length))}</Button>
          )}
          {all.length > 0 && (
            <Button kind="primary" submit keys="$mod+Enter">
              {likeliest(plan, words.print)}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {plan.stopped.length > 0 && (
          <p className="notice" data-tone="err">
            {words.print.stopped(countText(plan.stopped.length))}
            <span>{plan.stopped.map(({ parcelNo }) => parcelNo).join('、')}</span>
          </p>
        )}
        {plan.noNumber.length > 0 && (
          <div className="notice" data-tone="warn">
            <span>{words.print.noNumber(countText(plan.noNumber.length))}</span>
            <Button kind="link" onPress={() => onDraw(plan.noNumber.map(({ id }) => id))}>
              {words.print.drawFirst}
            </Button>
          </div>
        )}
        <Again rows={plan.again} />
      </div>
    </Dialog>
  )
}

/** What is most likely meant: what was not printed yet, or else all of it again. */
function likeliest(plan: PrintPlan, words: typeof fulfilWords.zh.print): string {
  if (plan.fresh.length === 0) return words.reprint(countText(plan.again.length))
  const fresh = countText(plan.fresh.length)
  return plan.again.length > 0 ? words.skip(fresh) : words.all(fresh)
}

const namesShown = 50

function Again({ rows }: { readonly rows: readonly ParcelRow[] }) {
  const words = useWords(fulfilWords).print
  const yesterday = useWords(partWords).time.yesterday
  const now = useNow()
  if (rows.length === 0) return null
  return (
    <section className="stack">
      <h3>
        {words.again} {countText(rows.length)}
      </h3>
      <p className="quiet">{words.againHelp}</p>
      <ul className="left-out">
        {rows.slice(0, namesShown).map((row) => (
          <li key={row.id}>
            <strong>{row.parcelNo}</strong>
            <span className="quiet">
              {words.againRow(
                row.printedAt === null ? '' : timeText(row.printedAt, now, yesterday),
                row.printedBy ?? words.unknown,
                row.prints,
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface SheetsProps {
  readonly title: string
  readonly ids: readonly number[]
  readonly document: PrintDocument
  readonly onPrinted: (ids: readonly number[]) => void
  readonly onClose: () => void
}

function Sheets({ title, ids, document, onPrinted, onClose }: SheetsProps) {
  const words = useWords(fulfilWords).print
  const { sheets, failure, isDone } = useSheets({ ids, document, onPrinted })
  const [at, setAt] = useState(0)
  const frame = useRef<HTMLIFrameElement>(null)
  const sheet = sheets[at]
  const left = sheets.flatMap(({ leftOut }) => leftOut)
  return (
    <Dialog
      title={title}
      width={900}
      onClose={onClose}
      onSend={sheet ? () => frame.current?.contentWindow?.print() : undefined}
      foot={
        sheet && (
          <>
            <Button onPress={() => saveFile(sheet.blob, sheet.fileName)}>{words.save}</Button>
            <Button onPress={() => window.open(sheet.address, '_blank')}>{words.tab}</Button>
            <Button kind="primary" submit keys="$mod+Enter">
              {words.send}
            </Button>
          </>
        )
      }
    >
      <div className="stack print-body">
        {left.length > 0 && (
          <div className="notice" data-tone="warn">
            <strong>{words.leftOut(countText(left.length))}</strong>
            {left.map(({ label, zh }) => (
              <span key={label}>{zh}</span>
            ))}
          </div>
        )}
        {failure !== null && <Failed error={failure} what={words.preview} />}
        {!isDone && failure === null && <Skeleton rows={4} />}
        {sheets.length > 1 && (
          <fieldset className="chips plain-set" aria-label={words.preview}>
            {sheets.map((each, index) => (
              <button
                key={each.address}
                type="button"
                className="choice"
                aria-pressed={index === at}
                onClick={() => setAt(index)}
              >
                {words.part(index + 1, sheets.length)}
              </button>
            ))}
          </fieldset>
        )}
        {sheet && (
          <iframe
            ref={frame}
            className="print-frame"
            src={`${sheet.address}#toolbar=0&navpanes=0&view=FitH`}
            title={words.preview}
          />
        )}
      </div>
    </Dialog>
  )
}

/** Has the sheets made once; their addresses are let go when the dialog closes. */
function useSheets({ ids, document, onPrinted }: Pick<SheetsProps, 'ids' | 'document' | 'onPrinted'>) {
  const [sheets, setSheets] = useState<readonly Sheet[]>([])
  const [failure, setFailure] = useState<unknown>(null)
  const [isDone, setDone] = useState(false)
  const asked = useRef(false)
  const made = useRef<Sheet[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a print is asked for once; a second would be a reprint.
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    makeSheets(ids, document, (sheet) => {
      made.current.push(sheet)
      setSheets([...made.current])
    })
      .catch(setFailure)
      .finally(() => {
        setDone(true)
        if (made.current.length > 0 && isLabel(document)) onPrinted(ids)
        void reread('GET /parcels', 'GET /parcels/:id')
      })
  }, [])
  useEffect(
    () => () => {
      for (const { address } of made.current) setTimeout(() => URL.revokeObjectURL(address), keptMs)
    },
    [],
  )
  return { sheets, failure, isDone }
}

/** A tab that was opened from the dialog still needs its sheet. */
const keptMs = 10 * 60_000
