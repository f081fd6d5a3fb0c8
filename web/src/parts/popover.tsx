import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

export interface PopoverProps {
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly children: ReactNode
  /** A menu has its own role; anything else is a named group. */
  readonly name?: string
  readonly width?: number
  readonly alignEnd?: boolean
}

/** A panel that floats at its anchor. A click elsewhere or Esc closes it; the focus goes back to the anchor. */
export function Popover({ anchor, onClose, children, name, width, alignEnd }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null)
  const style = usePlace(anchor, panel, alignEnd ?? false)
  useClosing({ anchor, panel, onClose })
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('[data-first], input, button, [tabindex="0"]')
    first?.focus({ preventScroll: true })
  }, [])
  return createPortal(
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is given only together with the name.
    <div ref={panel} className="popover" role={name && 'group'} aria-label={name} style={{ ...style, width }}>
      {children}
    </div>,
    anchor.current?.closest('dialog') ?? document.body,
  )
}

function usePlace(anchor: RefObject<HTMLElement | null>, panel: RefObject<HTMLDivElement | null>, alignEnd: boolean) {
  const [style, setStyle] = useState<{ left: number; top: number; maxHeight: number }>()
  useLayoutEffect(() => {
    const at = anchor.current?.getBoundingClientRect()
    const size = panel.current?.getBoundingClientRect()
    if (!at || !size) return
    const room = 8
    const wanted = alignEnd ? at.right - size.width : at.left
    const below = window.innerHeight - at.bottom - room * 2
    const isBelow = below >= Math.min(size.height, 240) || below >= at.top
    setStyle({
      left: Math.max(room, Math.min(wanted, window.innerWidth - size.width - room)),
      top: isBelow ? at.bottom + 4 : Math.max(room, at.top - size.height - 4),
      maxHeight: isBelow ? below : at.top - room * 2,
    })
  }, [anchor, panel, alignEnd])
  return style
}

type Closing = Pick<PopoverProps, 'anchor' | 'onClose'> & { readonly panel: RefObject<HTMLDivElement | null> }

function useClosing({ anchor, panel, onClose }: Closing): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const giveBack = () => {
      const held = panel.current?.contains(document.activeElement) || document.activeElement === document.body
      if (held) anchor.current?.focus({ preventScroll: true })
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' && event.key !== 'Tab') return
      if (event.key === 'Tab' && !leaves(event, panel.current)) return
      event.stopPropagation()
      if (event.key === 'Escape') event.preventDefault()
      giveBack()
      close.current()
    }
    const point = (event: PointerEvent) => {
      const target = event.target as Node
      if (!panel.current?.contains(target) && !anchor.current?.contains(target)) close.current()
    }
    const resize = () => close.current()
    document.addEventListener('keydown', press, true)
    document.addEventListener('pointerdown', point, true)
    window.addEventListener('resize', resize)
    return () => {
      document.removeEventListener('keydown', press, true)
      document.removeEventListener('pointerdown', point, true)
      window.removeEventListener('resize', resize)
    }
  }, [anchor, panel])
}

/** Whether this Tab would step out of the panel. */
function leaves(event: KeyboardEvent, panel: HTMLElement | null): boolean {
  const stops = [
    ...(panel?.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input, select, [tabindex="0"]') ?? []),
  ]
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  return stops.length === 0 || document.activeElement === edge
}
