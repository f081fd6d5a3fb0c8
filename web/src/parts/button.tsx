import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { keyText } from './key-text.ts'

export interface ButtonProps {
  /** Verb and object: 审核通过 118 单. */
  readonly children?: ReactNode
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'link' | 'danger'
  readonly icon?: IconName
  /** The name of a button that shows only an icon. */
  readonly name?: string
  readonly small?: boolean
  readonly busy?: boolean
  /** Why it cannot be pressed now; null or absent when it can. It stays reachable, so that the reason can be read. */
  readonly because?: string | null | undefined
  readonly disabled?: boolean
  /** The key that does the same, as in `useShortcuts`. */
  readonly keys?: string
  readonly submit?: boolean
  readonly onPress?: () => void
  readonly ref?: Ref<HTMLButtonElement>
  readonly pressed?: boolean
  /** Inside a list, which has one tab stop. */
  readonly isRow?: boolean
}

export function Button(props: ButtonProps) {
  const { children, kind = 'plain', icon, name, small, busy, because, disabled, keys, submit, onPress, ref } = props
  const isOff = because !== null && because !== undefined
  const key = keys === undefined ? undefined : keyText(keys)
  const tip = isOff ? because : (name && [name, key].filter(Boolean).join('  ')) || undefined
  return (
    <button
      ref={ref}
      type={submit ? 'submit' : 'button'}
      className="btn"
      data-kind={kind}
      data-small={small || undefined}
      data-icon-only={(icon && !children) || undefined}
      data-tip={tip}
      aria-label={name}
      aria-disabled={isOff || busy || undefined}
      aria-pressed={props.pressed}
      aria-keyshortcuts={key}
      disabled={disabled}
      tabIndex={props.isRow ? -1 : undefined}
      onClick={(event) => {
        if (isOff || busy) event.preventDefault()
        else onPress?.()
      }}
    >
      {busy ? <i className="spin" /> : icon && <Icon name={icon} />}
      {children}
      {key && children && (
        <span className="kbd" aria-hidden="true">
          {key}
        </span>
      )}
    </button>
  )
}
