import type { ReactNode } from 'react'
import type { BatchResult } from '../../../src/contract/route.ts'
import { countText } from '../format.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Skeleton } from './states.tsx'

/** What a deed would leave out, of one reason. */
export interface LeftOutGroup {
  readonly code: string
  readonly zh: string
  readonly next: string
  readonly count: number
  readonly orderNos: readonly string[]
}

interface PreviewProps {
  readonly title: string
  /** Undefined while it is worked out. */
  readonly plan: { readonly done: number; readonly groups: readonly LeftOutGroup[] } | undefined
  /** What else is to be known first: sums, costs, what buyers get. */
  readonly facts?: ReactNode
  /** Fields the deed needs: a reason, a time. */
  readonly children?: ReactNode
  /** `审核通过 118 单` */
  readonly deed: string
  readonly isRunning: boolean
  readonly onDo: () => void
  readonly onClose: () => void
}

/** 预览: what will be done, and what is left out with the reason and the next step; then the deed, also by `Ctrl Enter`. */
export function Preview({ title, plan, facts, children, deed, isRunning, onDo, onClose }: PreviewProps) {
  const words = useWords(partWords)
  const nothing = plan !== undefined && plan.done === 0
  const waiting = plan === undefined ? words.preview.counting : null
  const because = nothing ? words.preview.none : waiting
  return (
    <Dialog
      shape="drawer"
      title={title}
      onClose={onClose}
      onSend={plan && !nothing && !isRunning ? onDo : undefined}
      foot={
        <>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button kind="primary" submit busy={isRunning} keys="$mod+Enter" because={because}>
            {deed}
          </Button>
        </>
      }
    >
      {plan === undefined ? (
        <Skeleton rows={4} height={37} />
      ) : (
        <div className="stack">
          <p className="preview-figure" data-tone={nothing ? 'warn' : 'ok'}>
            {nothing ? words.preview.none : words.preview.willDo(countText(plan.done))}
          </p>
          {facts}
          <LeftOut groups={plan.groups} />
        </div>
      )}
      {children && <div className="preview-more">{children}</div>}
    </Dialog>
  )
}

const namesShown = 6

function LeftOut({ groups }: { readonly groups: readonly LeftOutGroup[] }) {
  const words = useWords(partWords).preview
  if (groups.length === 0) return null
  return (
    <section className="stack">
      <h3>
        {words.leftOut} {countText(groups.reduce((sum, group) => sum + group.count, 0))}
      </h3>
      <ul className="left-out">
        {groups.map((group) => (
          <li key={group.code + group.zh}>
            <span className="line">
              <strong>{group.zh}</strong>
              <b className="push">{countText(group.count)}</b>
            </span>
            <span className="quiet">{group.next}</span>
            <span className="small quiet">
              {words.orders(
                group.orderNos.slice(0, namesShown).join('、'),
                group.count - Math.min(namesShown, group.orderNos.length),
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ResultProps {
  readonly title: string
  readonly result: BatchResult
  /** Tries those again that were left out. */
  readonly onRetry?: ((ids: readonly number[]) => void) | undefined
  /** Links one of them. */
  readonly linkOf?: (label: string) => ReactNode
  readonly onClose: () => void
}

/** 结果: what was done and what was left out, with reasons; it stays until closed. */
export function Result({ title, result, onRetry, linkOf, onClose }: ResultProps) {
  const words = useWords(partWords).result
  const left = result.leftOut
  return (
    <Dialog
      shape="drawer"
      title={title}
      onClose={onClose}
      onSend={onClose}
      foot={
        <>
          {onRetry && left.length > 0 && (
            <Button onPress={() => onRetry(left.map(({ id }) => id))}>{words.retry}</Button>
          )}
          <Button kind="primary" submit>
            {words.close}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="line" role="status">
          <span className="tag" data-tone="ok">
            {words.done(countText(result.done))}
          </span>
          {left.length > 0 && (
            <span className="tag" data-tone="warn">
              {words.leftOut(countText(left.length))}
            </span>
          )}
        </div>
        {left.length > 0 && <h3>{words.reasons}</h3>}
        <ul className="left-out">
          {groupsOf(left).map((group) => (
            <LeftOutReasons key={group[0]?.code} group={group} linkOf={linkOf} />
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

type LeftOutOne = BatchResult['leftOut'][number]

/** By reason, the commonest first. */
function groupsOf(left: readonly LeftOutOne[]): LeftOutOne[][] {
  return Object.values(Object.groupBy(left, ({ code }) => code))
    .flatMap((group) => (group ? [group] : []))
    .sort((a, b) => b.length - a.length)
}

interface ReasonsProps {
  readonly group: readonly LeftOutOne[]
  readonly linkOf: ResultProps['linkOf']
}

function LeftOutReasons({ group, linkOf }: ReasonsProps) {
  // `缺货：MB-4002 缺 2 件`: the first part is the reason, the rest belongs to the one order.
  const [reason = ''] = group[0]?.zh.split('：') ?? []
  return (
    <li>
      <span className="line">
        <strong>{reason}</strong>
        <b className="push">{countText(group.length)}</b>
      </span>
      <ul>
        {group.map((each) => (
          <li key={each.id} className="line wrap">
            {linkOf ? linkOf(each.label) : each.label}
            <span className="quiet">{each.zh.slice(reason.length + 1)}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}
