import { useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { ErrorRowsButton } from './error-rows-button.tsx'
import type { PreviewProps } from './one-import.tsx'
import { UndoDialog } from './undo-dialog.tsx'

/** What came of it, the rows that were left out as a file, and the way back. */
export function Outcome({ preview }: PreviewProps) {
  const words = useWords(transferWords)
  const { import: row } = preview
  const told = { undone: words.result.undone, dropped: words.result.dropped }[row.state as string]
  return (
    <section className="card stack form" aria-label={words.result.title}>
      <h2>{words.result.title}</h2>
      {told ? <p role="status">{told}</p> : <Done preview={preview} />}
      <p className="small quiet">
        {words.result.by(row.by)} <Time at={row.endedAt ?? row.uploadedAt} />
      </p>
      <div className="line wrap">
        <Go to="/transfers" kind="plain">
          {words.deeds.another}
        </Go>
        {row.state === 'stopped' && <GoOn preview={preview} />}
        {!told && <Undo preview={preview} />}
      </div>
    </section>
  )
}

function Done({ preview }: PreviewProps) {
  const words = useWords(transferWords)
  const { done, known, failed, kind, importId, state, things } = preview.import
  const told = failed === 0 ? words.result.all : words.result.partly
  const next = {
    orders: ['/review', words.result.toOrders],
    stock: ['/stock', words.result.toStock],
    products: ['/products', words.result.toProducts],
    waybills: ['/fulfil', words.result.toFulfil],
  } as const
  const [to, label] = next[kind]
  return (
    <>
      <div className="line wrap" role="status">
        <Tag tone="ok">{words.result.done(countText(done))}</Tag>
        {known > 0 && <Tag>{words.result.known(countText(known))}</Tag>}
        {failed > 0 && <Tag tone="err">{words.result.failed(countText(failed))}</Tag>}
      </div>
      <p>{state === 'stopped' ? words.result.stopped(countText(Math.max(0, things - done - known))) : told}</p>
      <div className="line wrap">
        {failed > 0 && <ErrorRowsButton importId={importId} />}
        <Go to={to} kind="primary">
          {label}
        </Go>
      </div>
    </>
  )
}

/** From where it was stopped. Rows that were left out stay left out. */
function GoOn({ preview }: PreviewProps) {
  const words = useWords(transferWords).deeds
  const run = useDo('POST /imports/:importId/run', { changes: ['GET /imports', 'GET /imports/:importId'] })
  const { importId } = preview.import
  return (
    <Button busy={run.isRunning} onPress={() => run.run({ importId, onlyGoodRows: preview.errorRows > 0 })}>
      {words.goOn}
    </Button>
  )
}

function Undo({ preview }: PreviewProps) {
  const words = useWords(transferWords).deeds
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>{words.undo}</Button>
      {isOpen && <UndoDialog importId={preview.import.importId} onClose={() => setOpen(false)} />}
    </>
  )
}
