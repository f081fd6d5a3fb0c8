import { useEffect, useState } from 'react'
import type { OrderDetail } from '../../../../src/contract/orders.ts'
import type { Answer } from '../../api.ts'
import { timeText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Choices, TextField } from '../../parts/field.tsx'
import { failureText } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useMay, useMe } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'

type Plain = Answer<'POST /orders/:orderNo/reveal'>

/** The receiver, masked; shown in full for 60 s to whoever says why. */
export function Receiver({ order }: { readonly order: OrderDetail }) {
  const words = useWords(orderWords).details
  const masked = useWords(partWords).masked
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const [plain, setPlain] = useState<Plain | null>(null)
  const { receiverFull: full, region } = order
  if (full === null) return <p className="quiet">{words.cannotSee}</p>
  const place = [...new Set([region.province, region.city, region.district, full.town])].filter(Boolean).join(' ')
  return (
    <div className="stack receiver">
      {plain ? (
        <PlainReceiver plain={plain} onHide={() => setPlain(null)} />
      ) : (
        <div>
          <p>
            {full.name} {full.phone}
          </p>
          <p>
            {place} {full.address}
          </p>
          {words.privacy[full.privacy] && <p className="quiet small">{words.privacy[full.privacy]}</p>}
        </div>
      )}
      {plain === null && may('orders.reveal') && (
        <div>
          <Button kind="link" icon="eye" onPress={() => setAsking(true)}>
            {masked.show}
          </Button>
        </div>
      )}
      {isAsking && (
        <PurposeDialog
          orderNo={order.orderNo}
          onShown={(shown) => {
            setPlain(shown)
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function PlainReceiver({ plain, onHide }: { readonly plain: Plain; readonly onHide: () => void }) {
  const words = useWords(orderWords).details
  const masked = useWords(partWords).masked
  const me = useMe()
  const now = useNow()
  const seconds = useSecondsUntil(plain.until, onHide)
  return (
    <div className="plain-data" data-by={`${me.name} ${timeText(now, now, '')}`}>
      <p className="line">
        {plain.name} <Copy text={plain.name} what={words.name} />
      </p>
      <p className="line">
        {plain.phone} <Copy text={plain.phone} what={words.phone} />
      </p>
      <p className="line">
        {plain.address} <Copy text={plain.address} what={words.address} />
      </p>
      <p className="line small">
        <span className="tag" data-tone="warn">
          {masked.left(seconds)}
        </span>
        <Button kind="link" onPress={onHide}>
          {masked.hide}
        </Button>
      </p>
    </div>
  )
}

/** Counts down to an instant, then calls `onEnd`. */
function useSecondsUntil(until: number, onEnd: () => void): number {
  const [now, setNow] = useState(Date.now)
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000))
  const isOver = seconds === 0
  useEffect(() => {
    if (isOver) onEnd()
  }, [isOver, onEnd])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}

type Purpose = keyof typeof partWords.zh.masked.purposes

interface PurposeProps {
  readonly orderNo: string
  readonly onShown: (plain: Plain) => void
  readonly onClose: () => void
}

function PurposeDialog({ orderNo, onShown, onClose }: PurposeProps) {
  const parts = useWords(partWords)
  const words = parts.masked
  const [purpose, setPurpose] = useState<Purpose>('contact')
  const [more, setMore] = useState('')
  const [isTold, setTold] = useState(false)
  const reveal = useDo('POST /orders/:orderNo/reveal', { quiet: true, onDone: onShown })
  const isMissing = purpose === 'other' && more.trim() === ''
  const send = () => {
    setTold(true)
    if (!isMissing && !reveal.isRunning) reveal.run({ orderNo, purpose, words: more.trim() })
  }
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={reveal.isRunning} keys="$mod+Enter">
            {words.show}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Choices
          label={words.why}
          value={purpose}
          options={Object.entries<string>(words.purposes).map(([value, label]) => ({ value: value as Purpose, label }))}
          onChange={setPurpose}
        />
        <TextField
          label={words.words}
          value={more}
          onChange={setMore}
          maxLength={200}
          wrong={isTold && isMissing ? words.needWords : null}
        />
        {reveal.failure && (
          <p className="notice" data-tone="err" role="alert">
            {failureText(reveal.failure).text}
          </p>
        )}
      </div>
    </Dialog>
  )
}
