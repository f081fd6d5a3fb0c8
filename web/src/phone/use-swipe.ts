import { type PointerEvent, useRef } from 'react'

export type Swiped = 'left' | 'right'

const enoughPx = 96
const slackPx = 48

/** A swipe to either side by finger. Scrolling up and down stays what it is; a mouse does not swipe. */
export function useSwipe(onSwipe: (way: Swiped) => void) {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null)
  return {
    style: { touchAction: 'pan-y' },
    onPointerDown: (event: PointerEvent) => {
      from.current = event.pointerType === 'mouse' ? null : { x: event.clientX, y: event.clientY }
    },
    onPointerUp: (event: PointerEvent) => {
      const start = from.current
      from.current = null
      if (start === null) return
      const along = event.clientX - start.x
      if (Math.abs(event.clientY - start.y) > slackPx || Math.abs(along) < enoughPx) return
      onSwipe(along > 0 ? 'right' : 'left')
    },
    onPointerCancel: () => {
      from.current = null
    },
  }
}
