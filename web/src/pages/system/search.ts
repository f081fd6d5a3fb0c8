import { numberIn, oneIn, textIn } from '../../search.ts'

export const systemTabs = ['state', 'failures', 'jobs', 'keys'] as const
export type SystemTab = (typeof systemTabs)[number]

/** All that the address says of 系统. */
export interface SystemSearch {
  readonly tab?: SystemTab
  readonly state?: 'settled'
  readonly job?: string
  readonly code?: string
  readonly size?: number
  readonly after?: number
  readonly open?: number
}

export function readSystemSearch(raw: Readonly<Record<string, unknown>>): SystemSearch {
  return cleanSystem({
    tab: oneIn(raw, 'tab', systemTabs),
    state: oneIn(raw, 'state', ['settled']),
    job: textIn(raw, 'job'),
    code: textIn(raw, 'code'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: numberIn(raw, 'after'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof SystemSearch]?: SystemSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanSystem(search: Unclean): SystemSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as SystemSearch
}
