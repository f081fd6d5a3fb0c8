import { numberIn, oneIn, textIn } from '../../search.ts'

export const peopleViews = ['people', 'roles', 'tokens'] as const
export type PeopleView = (typeof peopleViews)[number]

/** All that the address says of 员工与权限. */
export interface PeopleSearch {
  readonly view?: PeopleView
  readonly state?: 'inactive' | 'all'
  readonly role?: number
  readonly q?: string
  readonly open?: number
}

export function readPeopleSearch(raw: Readonly<Record<string, unknown>>): PeopleSearch {
  return cleanPeople({
    view: oneIn(raw, 'view', peopleViews),
    state: oneIn(raw, 'state', ['inactive', 'all']),
    role: numberIn(raw, 'role'),
    q: textIn(raw, 'q'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof PeopleSearch]?: PeopleSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanPeople(search: Unclean): PeopleSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as PeopleSearch
}
