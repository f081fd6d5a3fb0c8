import { type ReactNode, useRef, useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Check } from './field.tsx'
import { Popover } from './popover.tsx'

interface PickManyProps<V extends string | number> {
  /** 店铺; the button says it, with how many are chosen. */
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string; readonly sign?: ReactNode }[]
  readonly chosen: readonly V[]
  readonly onChange: (chosen: readonly V[]) => void
}

/** A filter of which several values may be chosen (或). None chosen means all. */
export function PickMany<V extends string | number>({ label, options, chosen, onChange }: PickManyProps<V>) {
  const words = useWords(partWords)
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const toggle = (value: V) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])
  return (
    <>
      <Button ref={anchor} pressed={open} onPress={() => setOpen(!open)}>
        {label}
        {chosen.length > 0 && <b className="count-dot">{chosen.length}</b>}
        <span className="caret" aria-hidden="true" />
      </Button>
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} name={label}>
          <div className="pick-list">
            {options.map((option) => (
              <div key={option.value} className="line">
                <Check
                  label={option.label}
                  checked={chosen.includes(option.value)}
                  onChange={() => toggle(option.value)}
                />
                {option.sign}
              </div>
            ))}
            {chosen.length > 0 && (
              <Button kind="link" onPress={() => onChange([])}>
                {words.filter.clear}
              </Button>
            )}
          </div>
        </Popover>
      )}
    </>
  )
}

interface MoreProps {
  readonly label: string
  /** How many of the conditions inside are in use. */
  readonly inUse: number
  readonly children: ReactNode
}

/** 更多筛选: the conditions that are not needed every minute. */
export function MoreFilters({ label, inUse, children }: MoreProps) {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={anchor} icon="filter" pressed={open} onPress={() => setOpen(!open)}>
        {label}
        {inUse > 0 && <b className="count-dot">{inUse}</b>}
      </Button>
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} name={label} width={320}>
          <div className="stack pad">{children}</div>
        </Popover>
      )}
    </>
  )
}
