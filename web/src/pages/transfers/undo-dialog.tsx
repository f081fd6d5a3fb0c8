import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { transferWords } from '../../words/transfers.ts'

interface UndoProps {
  readonly importId: number
  readonly onClose: () => void
}

/** 撤销预览: how many are taken back, and what stays with the reason; then the deed. */
export function UndoDialog({ importId, onClose }: UndoProps) {
  const words = useWords(transferWords).undo
  const parts = useWords(partWords)
  const read = useRead('GET /imports/:importId/undo', { importId }, { staleTime: 0 })
  const { run, isRunning } = useDo('POST /imports/:importId/undo', {
    changes: ['GET /imports', 'GET /imports/:importId'],
    onDone: () => {
      say({ tone: 'info', text: words.started })
      onClose()
    },
  })
  const plan = read.data
  const nothing = plan?.undone === 0 ? words.none : null
  const because = plan === undefined ? parts.preview.counting : nothing
  return (
    <Dialog
      shape="drawer"
      title={words.title}
      onClose={onClose}
      onSend={because === null && !isRunning ? () => run({ importId }) : undefined}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="danger" submit busy={isRunning} keys="$mod+Enter" because={because}>
            {words.deed(countText(plan?.undone ?? 0))}
          </Button>
        </>
      }
    >
      <Shown read={read} what={words.title} rows={3}>
        {({ undone, left }) => (
          <div className="stack">
            <p className="preview-figure" data-tone={undone === 0 ? 'warn' : 'ok'}>
              {undone === 0 ? words.none : words.will(countText(undone))}
            </p>
            {left.length > 0 && <h3>{words.left(countText(left.length))}</h3>}
            <ul className="left-out">
              {left.map((each) => (
                <li key={each.label + each.zh}>
                  <strong>{each.label}</strong>
                  <span className="quiet">{each.zh}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Shown>
    </Dialog>
  )
}
