import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

interface Tip {
  readonly text: string
  readonly at: DOMRect
}

const waitMs = 300
const stayMs = 200

/**
 * One layer for all hints: whatever has `data-tip`, and text that is cut (`.cut`), is told in full on hover and on focus after 300 ms.
 * The hint itself may be hovered; Esc sends it away (WCAG 1.4.13).
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => watchTips(setTip), [])
  if (tip === null) return null
  const isBelow = tip.at.bottom + 120 < window.innerHeight
  const isLeft = tip.at.left < window.innerWidth / 2
  const style = {
    ...(isBelow ? { top: tip.at.bottom + 6 } : { bottom: window.innerHeight - tip.at.top + 6 }),
    ...(isLeft ? { left: Math.max(8, tip.at.left) } : { right: Math.max(8, window.innerWidth - tip.at.right) }),
  }
  return createPortal(
    <div className="tip" role="tooltip" style={style}>
      {tip.text}
    </div>,
    document.querySelector('dialog[open]') ?? document.body,
  )
}

function watchTips(show: (tip: Tip | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let holder: Element | null = null

  const enter = (event: Event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('.tip')) {
      clearTimeout(timer)
      return
    }
    const found = target?.closest('[data-tip], .cut') ?? null
    if (found === holder) return
    holder = found
    clearTimeout(timer)
    if (found === null) {
      timer = setTimeout(() => show(null), stayMs)
      return
    }
    timer = setTimeout(() => {
      const text = textOf(found)
      show(text ? { text, at: found.getBoundingClientRect() } : null)
    }, waitMs)
  }
  const away = () => {
    holder = null
    clearTimeout(timer)
    show(null)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') away()
  }
  const watched = [
    ['mouseover', enter],
    ['focusin', enter],
    ['scroll', away],
    ['pointerdown', away],
    ['keydown', press],
  ] as const
  for (const [name, listener] of watched) document.addEventListener(name, listener as EventListener, true)
  return () => {
    clearTimeout(timer)
    for (const [name, listener] of watched) document.removeEventListener(name, listener as EventListener, true)
  }
}

function textOf(element: Element): string {
  const told = element.getAttribute('data-tip')
  if (told !== null) return told
  return element.scrollWidth > element.clientWidth ? (element.textContent ?? '') : ''
}
