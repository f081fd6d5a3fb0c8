import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { keyText } from './key-text.ts'
import { Popover } from './popover.tsx'

export interface MenuItem {
  readonly label: string
  readonly run: () => void
  readonly keys?: string
  /** Why it cannot be done now. */
  readonly because?: string | null | undefined
  readonly danger?: boolean
  /** For a choice of several: whether it is the chosen one. */
  readonly checked?: boolean
  /** A line above it. */
  readonly apart?: boolean
}

interface MenuProps extends Pick<ButtonProps, 'children' | 'icon' | 'name' | 'kind' | 'small' | 'because'> {
  readonly items: readonly MenuItem[]
  readonly alignEnd?: boolean
}

/** A button with a menu: arrows walk, Enter does, Esc closes. */
export function MenuButton({ items, alignEnd, ...button }: MenuProps) {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const name = useId()
  return (
    <>
      <Button {...button} ref={anchor} pressed={open} onPress={() => setOpen(!open)} />
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} alignEnd={alignEnd ?? false}>
          <div className="menu" role="menu" aria-labelledby={name} onKeyDown={walk}>
            <span id={name} className="heard-only">
              {button.name ?? button.children}
            </span>
            {items.map((item) => (
              <Item key={item.label} item={item} onDone={() => setOpen(false)} anchor={anchor.current} />
            ))}
          </div>
        </Popover>
      )}
    </>
  )
}

interface ItemProps {
  readonly item: MenuItem
  readonly onDone: () => void
  readonly anchor: HTMLElement | null
}

function Item({ item, onDone, anchor }: ItemProps) {
  const isOff = item.because !== null && item.because !== undefined
  const isChoice = item.checked !== undefined
  return (
    <>
      {item.apart && <div className="menu-line" aria-hidden="true" />}
      <button
        type="button"
        {...(isChoice ? { role: 'menuitemradio', 'aria-checked': item.checked } : { role: 'menuitem' })}
        aria-disabled={isOff || undefined}
        data-danger={item.danger || undefined}
        data-tip={isOff ? item.because : undefined}
        tabIndex={-1}
        onClick={() => {
          if (isOff) return
          anchor?.focus({ preventScroll: true })
          onDone()
          item.run()
        }}
      >
        {isChoice && <span className="menu-tick">{item.checked ? '✓' : ''}</span>}
        <span>{item.label}</span>
        {item.keys && <kbd>{keyText(item.keys)}</kbd>}
      </button>
    </>
  )
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  event.stopPropagation()
  items.at(to % items.length)?.focus()
}
