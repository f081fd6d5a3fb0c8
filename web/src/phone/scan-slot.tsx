import { useEffect, useRef } from 'react'

interface SlotProps {
  readonly label: string
  readonly onCode: (code: string) => void
  /** False while another field or dialog has the keyboard. */
  readonly isOn: boolean
}

const pauseMs = 150

/**
 * A field without a keyboard for hand-held devices whose scanner writes text as an input method does, without a key for each letter.
 * Keys that do come one by one never reach it (`useScanner`). It takes the focus back whenever nothing else has it.
 */
export function ScanSlot({ label, onCode, isOn }: SlotProps) {
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (!isOn) return
    const hold = () => {
      const { activeElement } = document
      if (activeElement === null || activeElement === document.body) input.current?.focus({ preventScroll: true })
    }
    hold()
    const holding = setInterval(hold, 500)
    return () => {
      clearInterval(holding)
      clearTimeout(timer.current)
    }
  }, [isOn])
  const flush = () => {
    clearTimeout(timer.current)
    const text = input.current?.value.trim() ?? ''
    if (input.current) input.current.value = ''
    if (text !== '') onCode(text)
  }
  return (
    <input
      ref={input}
      data-scan=""
      className="scan-slot"
      inputMode="none"
      autoComplete="off"
      aria-label={label}
      onInput={() => {
        clearTimeout(timer.current)
        timer.current = setTimeout(flush, pauseMs)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') flush()
      }}
    />
  )
}
