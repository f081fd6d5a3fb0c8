import { allPermissions, type Permission } from '../../../../src/core/access/permissions.ts'

/** Under which heading a right stands. */
const groupOf = {
  'home.see': 'orders',
  'orders.read': 'orders',
  'orders.review': 'orders',
  'orders.edit': 'orders',
  'orders.export': 'orders',
  'fulfilment.read': 'shipping',
  'fulfilment.work': 'shipping',
  'logistics.manage': 'shipping',
  'catalogue.read': 'goods',
  'catalogue.edit': 'goods',
  'stock.read': 'goods',
  'stock.adjust': 'goods',
  'shops.read': 'shops',
  'shops.manage': 'shops',
  'imports.work': 'shops',
  'personal.see': 'sensitive',
  'orders.reveal': 'sensitive',
  'orders.raw': 'sensitive',
  'costs.see': 'sensitive',
  'people.manage': 'manage',
  'tokens.manage': 'manage',
  'audit.read': 'manage',
  'system.read': 'manage',
  'system.manage': 'manage',
} as const satisfies Record<Permission, string>

export type RightGroup = (typeof groupOf)[Permission]
export const rightGroups = [...new Set(Object.values(groupOf))]

const inOrder = Object.keys(groupOf) as Permission[]

/** The rights of a heading, in the order in which they are read. */
export const rightsIn = (group: RightGroup): readonly Permission[] =>
  inOrder.filter((right) => groupOf[right] === group)

/** What several roles allow together, in the usual order. */
export function together(roles: readonly { readonly permissions: readonly Permission[] }[]): readonly Permission[] {
  return allPermissions.filter((right) => roles.some((role) => role.permissions.includes(right)))
}
