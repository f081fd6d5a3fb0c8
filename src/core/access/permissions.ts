/** Every right there is (权限), with the words in which a role is read aloud. A route names exactly one. */
export const permissions = {
  'home.see': '看工作台',
  'orders.read': '看订单',
  'orders.review': '审核、挂起、放行订单',
  'orders.edit': '改地址、备注、仓库',
  'orders.export': '导出订单',
  'orders.reveal': '说明用途后查看收件人明文',
  'orders.raw': '查看渠道原文',
  'shops.read': '看店铺状态',
  'shops.manage': '连接店铺、授权、改设置',
  'catalogue.read': '看商品与匹配',
  'catalogue.edit': '改商品、确认匹配',
  'stock.read': '看库存',
  'stock.adjust': '入库、调整、盘点',
  'fulfilment.read': '看包裹',
  'fulfilment.work': '打单、验货、发货',
  'logistics.manage': '设快递与单号池',
  'imports.work': '导入文件、撤销导入',
  'people.manage': '管理员工与角色',
  'tokens.manage': '管理接口令牌',
  'audit.read': '看审计日志',
  'system.read': '看系统状态、任务与失败',
  'system.manage': '重试失败、改系统设置',
  'costs.see': '看成本',
  'personal.see': '看脱敏后的收件人',
} as const
export type Permission = keyof typeof permissions

export const allPermissions = Object.keys(permissions) as Permission[]

/** Ready-made roles (岗位预设). An owner may change all but the owner role itself. */
export const rolePresets = {
  owner: { zh: '店主', permissions: allPermissions },
  reviewer: {
    zh: '审单',
    permissions: [
      'home.see',
      'orders.read',
      'orders.review',
      'orders.edit',
      'orders.reveal',
      'orders.export',
      'shops.read',
      'catalogue.read',
      'catalogue.edit',
      'stock.read',
      'fulfilment.read',
      'personal.see',
      'imports.work',
    ],
  },
  service: {
    zh: '客服',
    permissions: [
      'home.see',
      'orders.read',
      'orders.review',
      'orders.edit',
      'orders.reveal',
      'shops.read',
      'catalogue.read',
      'stock.read',
      'fulfilment.read',
      'personal.see',
    ],
  },
  warehouse: {
    zh: '仓库',
    permissions: [
      'home.see',
      'orders.read',
      'catalogue.read',
      'stock.read',
      'stock.adjust',
      'fulfilment.read',
      'fulfilment.work',
      'personal.see',
    ],
  },
  finance: {
    zh: '财务',
    permissions: [
      'home.see',
      'orders.read',
      'orders.export',
      'shops.read',
      'catalogue.read',
      'stock.read',
      'fulfilment.read',
      'costs.see',
    ],
  },
  purchasing: {
    zh: '采购',
    permissions: [
      'home.see',
      'catalogue.read',
      'catalogue.edit',
      'stock.read',
      'stock.adjust',
      'orders.read',
      'costs.see',
      'imports.work',
    ],
  },
  auditor: {
    zh: '审计',
    permissions: [
      'home.see',
      'orders.read',
      'orders.raw',
      'shops.read',
      'catalogue.read',
      'stock.read',
      'fulfilment.read',
      'audit.read',
      'system.read',
      'costs.see',
    ],
  },
} as const satisfies Record<string, { zh: string; permissions: readonly Permission[] }>
export type RolePreset = keyof typeof rolePresets

/** What an output field may be marked with, and the right that lets it through. */
export const fieldMarks = { personal: 'personal.see', cost: 'costs.see' } as const satisfies Record<string, Permission>
export type FieldMark = keyof typeof fieldMarks
