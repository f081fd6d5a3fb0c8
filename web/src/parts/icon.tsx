import type { deskDrawings } from './drawings.ts'

/** Line drawings of 16 px; they say nothing by themselves, so whatever holds one has a name. The phone has these, the desk more. */
const drawings = {
  home: 'M2.5 7.5 8 2.8l5.5 4.7M4 6.6V13h8V6.6M6.7 13V9.5h2.6V13',
  scan: 'M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M2.5 8h11',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M3.5 10 8 5.5 12.5 10',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.6c.3-2.5 2.3-4 5.2-4s4.9 1.5 5.2 4',
} as const
export type IconName = keyof typeof drawings | keyof typeof deskDrawings

const known: Record<string, string> = { ...drawings }

/** Adds the desk's drawings, once, before anything is drawn. */
export function learnDrawings(more: Readonly<Record<string, string>>): void {
  Object.assign(known, more)
}

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={known[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
