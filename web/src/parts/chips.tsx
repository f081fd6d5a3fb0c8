import { useLayoutEffect, useRef, useState } from 'react'
import { countText } from '../format.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { MenuButton } from './menu.tsx'

export interface Chip<V extends string> {
  readonly id: V
  readonly label: string
  readonly count: number
}

interface ChipsProps<V extends string> {
  readonly label: string
  readonly chips: readonly Chip<V>[]
  readonly chosen: readonly V[]
  readonly onToggle: (id: V) => void
}

/** Toggles with counts; several add up (或). They stay on one line: what does not fit is under 更多. */
export function Chips<V extends string>({ label, chips, chosen, onToggle }: ChipsProps<V>) {
  const more = useWords(partWords).more
  const line = useRef<HTMLFieldSetElement>(null)
  const fits = useFitting(line, chips.map((chip) => chip.label + chip.count).join())
  const hidden = chips.slice(fits)
  return (
    <>
      <fieldset ref={line} className="chips plain-set" aria-label={label}>
        {chips.map((chip, at) => (
          <button
            key={chip.id}
            type="button"
            className="choice"
            inert={at >= fits}
            aria-pressed={chosen.includes(chip.id)}
            onClick={() => onToggle(chip.id)}
          >
            {chip.label} <b>{countText(chip.count)}</b>
          </button>
        ))}
      </fieldset>
      {hidden.length > 0 && (
        <MenuButton
          alignEnd
          items={hidden.map((chip) => ({
            label: `${chip.label} ${countText(chip.count)}`,
            checked: chosen.includes(chip.id),
            run: () => onToggle(chip.id),
          }))}
        >
          {more} {hidden.length}
        </MenuButton>
      )}
    </>
  )
}

/** How many stand on the first line; those below it are not seen. */
function useFitting(line: { readonly current: HTMLElement | null }, content: string): number {
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has other widths.
  useLayoutEffect(() => {
    const element = line.current
    if (element === null) return undefined
    const measure = () => {
      const all = [...element.children] as HTMLElement[]
      const first = all[0]?.offsetTop ?? 0
      const below = all.findIndex((child) => child.offsetTop > first + 4)
      setFits(below < 0 ? Number.POSITIVE_INFINITY : below)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [line, content])
  return fits
}
