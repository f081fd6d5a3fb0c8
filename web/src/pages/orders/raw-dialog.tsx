import { Dialog } from '../../parts/dialog.tsx'
import { Time } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'

interface RawProps {
  readonly orderNo: string
  readonly onClose: () => void
}

/** 渠道原文 beside what we made of it. Each look is written into the audit trail by the server. */
export default function RawDialog({ orderNo, onClose }: RawProps) {
  const words = useWords(orderWords)
  const raw = useRead('GET /orders/:orderNo/raw', { orderNo }, { staleTime: 0, retry: false })
  return (
    <Dialog title={words.page.rawTitle} width={1_200} onClose={onClose}>
      <Shown read={raw} what={words.page.raw}>
        {(data) => (
          <div className="stack">
            <p className="quiet">
              {words.page.rawSeen} <Time at={data.seenAt} />
            </p>
            <div className="raw-columns">
              <Text title={words.page.rawTheirs} text={pretty(data.raw)} none={words.page.rawHidden} />
              <Text
                title={words.page.rawOurs}
                text={data.understood === null ? null : JSON.stringify(data.understood, null, 2)}
                none={words.page.rawHidden}
              />
            </div>
          </div>
        )}
      </Shown>
    </Dialog>
  )
}

interface TextProps {
  readonly title: string
  readonly text: string | null
  readonly none: string
}

function Text({ title, text, none }: TextProps) {
  return (
    <section>
      <h3>{title}</h3>
      {text === null ? <p className="quiet">{none}</p> : <pre className="raw mono">{text}</pre>}
    </section>
  )
}

/** JSON is indented; anything else is shown as it came. Long numbers stay as they are written, which no parser would leave them. */
function pretty(text: string | null): string | null {
  if (text === null || !/^\s*[{[]/.test(text)) return text
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  const parts = text.match(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
  return parts
    .map((part) => {
      if (part === ':') return ': '
      if (part === ',') return `,${line()}`
      if (part === '{' || part === '[') {
        depth += 1
        return part + line()
      }
      if (part === '}' || part === ']') {
        depth -= 1
        return line() + part
      }
      return part
    })
    .join('')
}
