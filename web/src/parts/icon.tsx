/** Line drawings of 16 px; they say nothing by themselves, so whatever holds one has a name. */
const drawings = {
  home: 'M2.5 7.5 8 2.8l5.5 4.7M4 6.6V13h8V6.6M6.7 13V9.5h2.6V13',
  review: 'M3 2.8h10v10.4H3zM5.2 6l1 1 1.8-2M9.5 6h1.8M5.2 10l1 1 1.8-2M9.5 10h1.8',
  orders: 'M3 3.5h10M3 8h10M3 12.5h6.5',
  parcel: 'M8 2 13.2 4.8v6.4L8 14l-5.2-2.8V4.8zM2.8 4.8 8 7.6l5.2-2.8M8 7.6V14',
  scan: 'M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M2.5 8h11',
  match: 'M6.5 9.5 9.5 6.5M7 4.5l1.6-1.6a3 3 0 0 1 4.3 4.2L11.3 8.7M9 11.5l-1.6 1.6a3 3 0 0 1-4.3-4.2l1.6-1.6',
  goods: 'M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2h.01',
  stock: 'M2.5 13.5v-8L8 2.5l5.5 3v8M5 13.5V8h6v5.5M5 10.7h6',
  shop: 'M2.5 6.2 3.6 2.8h8.8l1.1 3.4M3.4 7.5v5.7h9.2V7.5M2.5 6.2a1.8 1.8 0 0 0 3.6 0 1.9 1.9 0 0 0 3.8 0 1.8 1.8 0 0 0 3.6 0',
  transfer: 'M5 13V3.5M2.5 6 5 3.5 7.5 6M11 3v9.5M8.5 10l2.5 2.5 2.5-2.5',
  people:
    'M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.8 13.2c0-2.2 1.7-3.6 4.2-3.6s4.2 1.4 4.2 3.6M10.5 3.2a2.2 2.2 0 0 1 0 4M12 10c1.5.5 2.3 1.6 2.3 3.2',
  audit: 'M3.5 2.5h6l3 3v8h-9zM9.5 2.5v3h3M5.8 8.2h4.4M5.8 10.7h4.4',
  system:
    'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M3.5 10 8 5.5 12.5 10',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  more: 'M3.2 8h.01M8 8h.01M12.8 8h.01',
  copy: 'M5.5 5.5h7.5V13H5.5zM3 10.5V3h7.5',
  check: 'M3 8.5 6.5 12 13 4.5',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  filter: 'M2.5 3.5h11L9.5 8.4v4.1l-3-1.3V8.4z',
  refresh: 'M13 3v3.5H9.5M3 13V9.5h3.5M12.6 6.4A5 5 0 0 0 3.7 5M3.4 9.6A5 5 0 0 0 12.3 11',
  fold: 'M9.5 4 5.5 8l4 4M13 3v10M3 3v10',
  warn: 'M8 2.5 14.2 13H1.8zM8 6.5v3M8 11.3h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4V11M8 5h.01',
  upload: 'M8 10.5v-8M5 5.5l3-3 3 3M2.5 10v3.5h11V10',
  export: 'M8 2.5v8M5 7.5l3 3 3-3M2.5 10.5v3h11v-3',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.6c.3-2.5 2.3-4 5.2-4s4.9 1.5 5.2 4',
  note: 'M3 3h10v7.5H8.5L5.5 13v-2.5H3zM5.5 5.7h5M5.5 7.9h3',
  eye: 'M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  picture: 'M2.5 3h11v10h-11zM2.5 11l3.3-3.4 2.6 2.6 1.6-1.5 3.5 3.3M10.3 6h.01',
} as const
export type IconName = keyof typeof drawings

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={drawings[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
