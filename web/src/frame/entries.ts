import { useRouter } from '@tanstack/react-router'
import type { Permission } from '../../../src/core/access/permissions.ts'
import type { IconName } from '../parts/icon.tsx'
import { useMe } from '../session.ts'
import type { frameWords } from '../words/frame.ts'

export type EntryId = keyof typeof frameWords.zh.menu.entries
export type GroupId = keyof typeof frameWords.zh.menu.groups

export interface Entry {
  readonly id: EntryId
  readonly to: string
  readonly icon: IconName
  readonly permission: Permission
  readonly group: GroupId | null
  /** The letter after `G`. */
  readonly letter?: string
  /** True: the page exists in the sandbox alone. */
  readonly isPlay?: boolean
  /** Letters of its Pinyin, for the palette: `ddsh` finds 订单审核. */
  readonly pinyin: string
}

/** The menu, in the order of the day. What a person may not see does not exist for them. */
const entries: readonly Entry[] = [
  { id: 'home', to: '/', icon: 'home', permission: 'home.see', group: null, letter: 'H', pinyin: 'gzt gongzuotai' },
  {
    id: 'review',
    to: '/review',
    icon: 'review',
    permission: 'orders.read',
    group: 'orders',
    letter: 'R',
    pinyin: 'ddsh dingdanshenhe',
  },
  {
    id: 'orders',
    to: '/orders',
    icon: 'orders',
    permission: 'orders.read',
    group: 'orders',
    letter: 'O',
    pinyin: 'qbdd quanbudingdan',
  },
  {
    id: 'fulfil',
    to: '/fulfil',
    icon: 'parcel',
    permission: 'fulfilment.read',
    group: 'shipping',
    letter: 'F',
    pinyin: 'ddfh dadanfahuo',
  },
  {
    id: 'check',
    to: '/check',
    icon: 'scan',
    permission: 'fulfilment.work',
    group: 'shipping',
    letter: 'C',
    pinyin: 'smyh saomayanhuo',
  },
  {
    id: 'listings',
    to: '/listings',
    icon: 'match',
    permission: 'catalogue.read',
    group: 'goods',
    letter: 'L',
    pinyin: 'sppp shangpinpipei',
  },
  {
    id: 'products',
    to: '/products',
    icon: 'goods',
    permission: 'catalogue.read',
    group: 'goods',
    letter: 'P',
    pinyin: 'sp shangpin',
  },
  {
    id: 'stock',
    to: '/stock',
    icon: 'stock',
    permission: 'stock.read',
    group: 'goods',
    letter: 'S',
    pinyin: 'kc kucun',
  },
  {
    id: 'shops',
    to: '/shops',
    icon: 'shop',
    permission: 'shops.read',
    group: 'settings',
    pinyin: 'qddp qudaodianpu',
  },
  {
    id: 'transfers',
    to: '/transfers',
    icon: 'transfer',
    permission: 'imports.work',
    group: 'settings',
    pinyin: 'drdc daorudaochu',
  },
  {
    id: 'people',
    to: '/people',
    icon: 'people',
    permission: 'people.manage',
    group: 'settings',
    pinyin: 'ygyqx yuangongyuquanxian',
  },
  { id: 'audit', to: '/audit', icon: 'audit', permission: 'audit.read', group: 'settings', pinyin: 'sj shenji' },
  { id: 'system', to: '/system', icon: 'system', permission: 'system.read', group: 'settings', pinyin: 'xt xitong' },
  {
    id: 'switchboard',
    to: '/switchboard',
    icon: 'switch',
    permission: 'shops.read',
    group: 'settings',
    isPlay: true,
    pinyin: 'zkg zongkaiguan',
  },
]

/** The entries of this person, as far as their pages stand. */
export function useEntries(): readonly Entry[] {
  const { permissions, isSandbox } = useMe()
  return useMenuOf(permissions, isSandbox)
}

/** The entries that these rights show. */
export function useMenuOf(rights: readonly Permission[], isSandbox = false): readonly Entry[] {
  const { routesByPath } = useRouter()
  return entries.filter(
    (entry) => rights.includes(entry.permission) && (isSandbox || !entry.isPlay) && entry.to in routesByPath,
  )
}
