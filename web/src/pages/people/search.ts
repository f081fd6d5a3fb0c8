import { idsIn, numberIn, oneIn, textIn } from '../../search.ts'

export const peopleViews = ['people', 'roles', 'tokens'] as const
export type PeopleView = (typeof peopleViews)[number]

/** All that the address says of 员工与权限. */
export interface PeopleSearch {
  readonly view?: PeopleView
  /** Only people with one of these roles. */
  readonly roles?: readonly number[]
  readonly state?: 'inactive'
  readonly q?: string
  readonly open?: number
}

export function readPeopleSearch(raw: Readonly<Record<string, unknown>>): PeopleSearch {
  const roles = idsIn(raw, 'roles')
  return cleanPeople({
    view: oneIn(raw, 'view', peopleViews),
    roles: roles.length > 0 ? roles : undefined,
    state: oneIn(raw, 'state', ['inactive']),
    q: textIn(raw, 'q'),
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof PeopleSearch]?: PeopleSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanPeople(search: Unclean): PeopleSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as PeopleSearch
}
