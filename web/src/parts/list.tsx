import type { ReactNode } from 'react'
import { countText } from '../format.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import type { Selection } from './grid/selection.ts'
import { Icon } from './icon.tsx'
import { useShortcuts } from './shortcuts.ts'

export interface ViewTab<V extends string> {
  readonly id: V
  readonly label: string
  /** Undefined while it is not known. */
  readonly count?: number | undefined
  /** Red and bold: a deadline is near or passed. */
  readonly isUrgent?: boolean
}

interface ViewTabsProps<V extends string> {
  readonly tabs: readonly ViewTab<V>[]
  readonly chosen: V
  readonly onChoose: (id: V) => void
  /** At the right end: column settings, saved views. */
  readonly children?: ReactNode
}

/** Views with their counts. They are a toggle group and not tabs, since they filter one list. */
export function ViewTabs<V extends string>({ tabs, chosen, onChoose, children }: ViewTabsProps<V>) {
  const words = useWords(partWords).filter
  return (
    <div className="views">
      <fieldset className="views-line plain-set" aria-label={words.views}>
        {tabs.map(({ id, label, count, isUrgent }) => (
          <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
            <span>{label}</span>
            {count !== undefined && <b data-urgent={(isUrgent && count > 0) || undefined}>{countText(count)}</b>}
          </button>
        ))}
      </fieldset>
      {children && <div className="line">{children}</div>}
    </div>
  )
}

/** A chosen condition: `店铺：木白旗舰店 ×`. */
export interface FilterWord {
  readonly id: string
  readonly words: string
  readonly remove: () => void
}

interface FilterRowProps {
  readonly children: ReactNode
  readonly chosen: readonly FilterWord[]
  readonly onClear: () => void
}

/** One line of filters; below it the chosen ones as words that can be taken away. */
export function FilterRow({ children, chosen, onClear }: FilterRowProps) {
  const words = useWords(partWords).filter
  return (
    <div className="filters">
      <div className="filters-line">{children}</div>
      {chosen.length > 0 && (
        <ul className="filters-chosen" aria-label={words.chosen}>
          {chosen.map((word, at) => (
            <li key={word.id} className="line">
              {at > 0 && <span className="quiet">{words.and}</span>}
              <button
                type="button"
                className="tag filter-word"
                onClick={word.remove}
                aria-label={words.remove(word.words)}
              >
                {word.words}
                <Icon name="close" />
              </button>
            </li>
          ))}
          <li>
            <Button kind="link" onPress={onClear}>
              {words.clear}
            </Button>
          </li>
        </ul>
      )}
    </div>
  )
}

interface SelectionBarProps {
  readonly selection: Selection
  /** Of all results, null when only "more" is known. */
  readonly total: number | null
  /** `合计 ¥5,210.00`, or nothing. */
  readonly sum?: ReactNode
  readonly children: ReactNode
}

/** Takes the place of the foot, inside the layout, so that it never hides a row. */
export function SelectionBar({ selection, total, sum, children }: SelectionBarProps) {
  const words = useWords(partWords).selection
  const count = selection.isAll ? total : selection.keys.size
  const told = count === null ? words.allUnknown : words.chosen(countText(count))
  return (
    <section className="list-foot selection-bar" aria-label={words.bar}>
      <strong role="status">{selection.isAll && total !== null ? words.allChosen(countText(total)) : told}</strong>
      {sum && <span className="quiet">{sum}</span>}
      {!selection.isAll && (total === null || total > selection.keys.size) && (
        <Button kind="link" onPress={selection.chooseAll}>
          {total === null ? words.allUnknown : words.all(countText(total))}
        </Button>
      )}
      <div className="line push wrap">{children}</div>
      <Button kind="quiet" keys="Escape" onPress={selection.clear}>
        {words.clear}
      </Button>
    </section>
  )
}

interface FootProps {
  readonly total: number | null
  /** Above which only "more than" is known. */
  readonly countedTo?: number
  readonly sum?: ReactNode
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  readonly onPrevious: () => void
  readonly onNext: () => void
  readonly size: number
  readonly onSize: (size: number) => void
}

const sizes = [20, 50, 100, 200]

/** How many, their sums, and the pages. */
export function ListFoot(props: FootProps) {
  const words = useWords(partWords).grid
  const { total, countedTo = 10_000 } = props
  return (
    <div className="list-foot">
      <span role="status">{total === null ? words.moreThan(countText(countedTo)) : words.total(countText(total))}</span>
      {props.sum && <span className="quiet">{props.sum}</span>}
      <KeyHints />
      <label className="line quiet">
        {words.perPage}
        <select
          className="field foot-size"
          value={props.size}
          onChange={(event) => props.onSize(Number(event.target.value))}
        >
          {sizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      <Button small icon="left" name={words.previous} disabled={!props.hasPrevious} onPress={props.onPrevious} />
      <Button small icon="right" name={words.next} disabled={!props.hasNext} onPress={props.onNext} />
    </div>
  )
}

/** The keys one needs every minute, where there is room for them. */
function KeyHints() {
  const words = useWords(partWords).keys
  const hints = [
    ['J', words.down],
    ['K', words.up],
    ['X', words.select],
    ['Enter', words.openShort],
    ['?', words.helpShort],
  ] as const
  return (
    <span className="key-hints push" aria-hidden="true">
      {hints.map(([key, text]) => (
        <span key={key}>
          <kbd>{key}</kbd> {text}
        </span>
      ))}
    </span>
  )
}

/** `有 7 单新订单，点击刷新`; also `R`. */
export function NewsLine({ count, onLoad }: { readonly count: number; readonly onLoad: () => void }) {
  const words = useWords(partWords)
  useShortcuts([{ keys: 'KeyR', words: words.keys.refresh, where: 'list', run: onLoad }])
  return (
    <div role="status" className="news">
      {count > 0 && (
        <Button kind="link" icon="refresh" keys="KeyR" onPress={onLoad}>
          {words.grid.news(count)}
        </Button>
      )}
    </div>
  )
}
