import { type ReactNode, useId } from 'react'

interface LabelledProps {
  readonly label: string
  readonly help?: ReactNode
  /** What is wrong, or null. */
  readonly wrong?: string | null | undefined
  readonly children: (ids: FieldIds) => ReactNode
}

interface FieldIds {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label above, help under, error under: the same for every input. */
export function Labelled({ label, help, wrong, children }: LabelledProps) {
  const id = useId()
  const helped = help ? `${id}-help` : undefined
  const told = wrong ? `${id}-wrong` : helped
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': told, 'aria-invalid': wrong ? true : undefined })}
      {wrong ? (
        <span className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      ) : (
        help && (
          <span className="help" id={`${id}-help`}>
            {help}
          </span>
        )
      )}
    </div>
  )
}

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly help?: ReactNode
  readonly wrong?: string | null | undefined
  readonly type?: 'text' | 'password' | 'search' | 'tel'
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly isFirst?: boolean
  readonly maxLength?: number
  readonly onBlur?: () => void
  readonly required?: boolean
  readonly inputMode?: 'numeric' | 'decimal' | 'none'
}

export function TextField({ label, value, onChange, help, wrong, isFirst, ...input }: TextProps) {
  return (
    <Labelled label={label} help={help} wrong={wrong}>
      {(ids) => (
        <input
          {...input}
          {...ids}
          className="field"
          value={value}
          data-first={isFirst || undefined}
          // biome-ignore lint/a11y/noAutofocus: only where a dialog or page is opened in order to type.
          autoFocus={isFirst}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

interface AreaProps
  extends Pick<TextProps, 'label' | 'value' | 'onChange' | 'help' | 'wrong' | 'placeholder' | 'isFirst' | 'maxLength'> {
  readonly rows?: number
}

export function AreaField({ label, value, onChange, help, wrong, isFirst, rows = 3, ...area }: AreaProps) {
  return (
    <Labelled label={label} help={help} wrong={wrong}>
      {(ids) => (
        <textarea
          {...area}
          {...ids}
          className="field"
          rows={rows}
          value={value}
          data-first={isFirst || undefined}
          // biome-ignore lint/a11y/noAutofocus: only where a dialog is opened in order to type.
          autoFocus={isFirst}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

export interface Option<V extends string | number> {
  readonly value: V
  readonly label: string
}

interface PickProps<V extends string | number> {
  readonly label: string
  readonly value: V | null
  readonly options: readonly Option<V>[]
  readonly onChange: (value: V) => void
  readonly help?: ReactNode
  readonly wrong?: string | null | undefined
}

/** One of several, as the system's own list. */
export function PickField<V extends string | number>({ label, value, options, onChange, help, wrong }: PickProps<V>) {
  return (
    <Labelled label={label} help={help} wrong={wrong}>
      {(ids) => (
        <select
          {...ids}
          className="field"
          value={value ?? ''}
          onChange={(event) => {
            const chosen = options.find((option) => String(option.value) === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {value === null && <option value="" />}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

/** One of a few, all in sight. */
export function Choices<V extends string | number>({ label, value, options, onChange, wrong }: PickProps<V>) {
  const name = useId()
  return (
    <fieldset className="labelled plain-set" aria-invalid={wrong ? true : undefined}>
      <legend className="label">{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {wrong && (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  /** In a list, which has one tab stop: the box is pressed by the list’s keys. */
  readonly isRow?: boolean
  /** Only the box is seen; the label is heard. */
  readonly bare?: boolean
  readonly help?: string
}

export function Check({ label, checked, onChange, disabled, bare, isRow, help }: CheckProps) {
  return (
    <label className="box">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-label={bare ? label : undefined}
        tabIndex={isRow ? -1 : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      {!bare && (
        <span>
          {label}
          {help && <span className="box-help">{help}</span>}
        </span>
      )}
    </label>
  )
}
