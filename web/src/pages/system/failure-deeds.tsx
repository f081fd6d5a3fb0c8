import { useState } from 'react'
import { countText } from '../../format.ts'
import { Ask } from '../../parts/ask.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField } from '../../parts/field.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import type { systemWords } from '../../words/system.ts'
import type { Meant } from './failures.ts'

const changes = ['GET /system/failures', 'GET /system', 'GET /home'] as const

/** Which ones, and how many that are. */
export interface Asked {
  readonly which: Meant
  readonly count: number
}

interface AskProps {
  readonly asked: Asked
  readonly words: typeof systemWords.zh.failures
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Says what a retry does, then does it. */
export function AskRetry({ asked, words, onDone, onClose }: AskProps) {
  const retry = useDo('POST /system/failures/retry', {
    changes,
    onDone: ({ settled }) => {
      say({ tone: 'ok', text: words.retried(countText(settled)) })
      onDone()
    },
  })
  const count = countText(asked.count)
  return (
    <Ask
      title={words.retryAllTitle}
      deed={words.retryMany(count)}
      isHarm={false}
      isRunning={retry.isRunning}
      onDo={() => retry.run(asked.which)}
      onClose={onClose}
    >
      {words.retryAllBody(count)}
    </Ask>
  )
}

/** Never again, for a reason. */
export function AskDismiss({ asked, words, onDone, onClose }: AskProps) {
  const cancel = useWords(partWords).cancel
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const dismiss = useDo('POST /system/failures/dismiss', {
    changes,
    onDone: ({ settled }) => {
      say({ tone: 'ok', text: words.dismissed(countText(settled)) })
      onDone()
    },
  })
  const send = () => {
    setTold(true)
    if (reason.trim() !== '' && !dismiss.isRunning) dismiss.run({ ...asked.which, reason: reason.trim() })
  }
  return (
    <Dialog
      title={words.keyDismiss}
      width={440}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="danger" submit busy={dismiss.isRunning} keys="$mod+Enter">
            {words.dismissMany(countText(asked.count))}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{words.dismissBody}</p>
        <AreaField
          isFirst
          label={words.reason}
          maxLength={200}
          value={reason}
          onChange={setReason}
          wrong={isTold && reason.trim() === '' ? words.needReason : null}
        />
      </div>
    </Dialog>
  )
}
