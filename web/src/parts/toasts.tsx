import { useSyncExternalStore } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Copy } from './copy.tsx'
import { Icon } from './icon.tsx'
import { useShortcuts } from './shortcuts.ts'
import { listenToToasts, type Toast, toastsNow, undoNewest, unsay } from './toast-store.ts'

const signs = { ok: 'check', warn: 'warn', err: 'warn', info: 'info' } as const

/** Messages at the lower left. `Ctrl Z` takes back the newest that can be. */
export function Toasts() {
  const words = useWords(partWords)
  const toasts = useSyncExternalStore(listenToToasts, toastsNow)
  useShortcuts([{ keys: '$mod+KeyZ', words: words.keys.undo, where: 'page', run: () => void undoNewest() }])
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastView({ toast }: { readonly toast: Toast }) {
  const words = useWords(partWords)
  const act = (run: () => void) => {
    unsay(toast.id)
    run()
  }
  return (
    <div className="toast" data-tone={toast.tone}>
      <Icon name={signs[toast.tone]} />
      <div className="toast-text">
        <span>{toast.text}</span>
        {toast.more && <span className="small quiet">{toast.more}</span>}
        {toast.requestId && (
          <span className="small quiet line">
            {words.failure.requestId} {toast.requestId}
            <Copy text={toast.requestId} what={words.failure.requestId} />
          </span>
        )}
      </div>
      {toast.act && (
        <Button kind="link" onPress={() => act(toast.act?.run ?? ignore)}>
          {toast.act.label}
        </Button>
      )}
      {toast.undo && (
        <Button kind="link" keys="$mod+KeyZ" onPress={() => act(toast.undo ?? ignore)}>
          {words.undo}
        </Button>
      )}
      <Button kind="quiet" small icon="close" name={words.close} onPress={() => unsay(toast.id)} />
    </div>
  )
}

const ignore = () => undefined
