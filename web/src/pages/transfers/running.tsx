import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import type { ImportRow } from './signs.tsx'

/** The bar moves with what is done; an undo is one step, all or nothing. */
export function Running({ row }: { readonly row: ImportRow }) {
  const words = useWords(transferWords).run
  const done = row.done + row.known
  const isUndo = row.state === 'undoing'
  const progress =
    row.things > 0 ? words.progress(countText(done), countText(row.things)) : words.unknown(countText(done))
  return (
    <section className="card stack form" aria-label={words.title}>
      {!isUndo && row.things > 0 ? (
        <progress aria-label={words.title} max={row.things} value={Math.min(done, row.things)} />
      ) : (
        <span className="line">
          <i className="spin" />
        </span>
      )}
      <p role="status">{isUndo ? words.undoing : progress}</p>
      <p className="quiet">{words.leave}</p>
      {row.kind === 'orders' && !isUndo && <Stop importId={row.importId} />}
    </section>
  )
}

/** What was imported stays, and it may go on later: nothing is lost by pressing it. */
function Stop({ importId }: Pick<ImportRow, 'importId'>) {
  const words = useWords(transferWords).run
  const stop = useDo('POST /imports/:importId/stop', { changes: ['GET /imports', 'GET /imports/:importId'] })
  return (
    <div className="line">
      <Button busy={stop.isRunning} onPress={() => stop.run({ importId })}>
        {words.stop}
      </Button>
    </div>
  )
}
