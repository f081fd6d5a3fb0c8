interface Words {
  readonly zh: string
  readonly en: string
}

/**
 * Every deed that the audit trail (审计日志) tells of by a name of its own. Adding one is a line here; a call that writes no line of
 * its own is told by its method and path.
 */
export const deeds = {
  'security.set-up': { zh: '完成初始设置', en: 'Set the company up' },
  'security.signed-in': { zh: '登录', en: 'Signed in' },
  'security.sign-in-refused': { zh: '登录失败', en: 'Failed to sign in' },
  'security.signed-out': { zh: '退出登录', en: 'Signed out' },
  'security.signed-out-everywhere': { zh: '退出所有设备', en: 'Signed out everywhere' },
  'security.password-changed': { zh: '修改自己的密码', en: 'Changed the own password' },
  'security.company-changed': { zh: '改公司名称', en: 'Changed the company' },
  'security.person-created': { zh: '新建员工', en: 'Added a person' },
  'security.person-changed': { zh: '改员工资料或角色', en: 'Changed a person' },
  'security.person-deactivated': { zh: '停用员工', en: 'Deactivated a person' },
  'security.person-activated': { zh: '启用员工', en: 'Activated a person' },
  'security.password-reset': { zh: '重设员工密码', en: "Reset a person's password" },
  'security.sessions-ended': { zh: '让员工退出所有设备', en: "Ended a person's sessions" },
  'security.role-created': { zh: '新建角色', en: 'Added a role' },
  'security.role-changed': { zh: '改角色', en: 'Changed a role' },
  'security.role-deleted': { zh: '删除角色', en: 'Deleted a role' },
  'security.token-created': { zh: '新建接口令牌', en: 'Added an API token' },
  'security.token-revoked': { zh: '吊销接口令牌', en: 'Revoked an API token' },
  'security.audit-exported': { zh: '导出审计日志', en: 'Exported the audit trail' },
  'security.personal-viewed': { zh: '查看个人信息明文', en: 'Viewed plain personal data' },
  'security.keys-rotated': { zh: '轮换密钥', en: 'Rotated the keys' },

  'ops.failures-retried': { zh: '重试失败任务', en: 'Retried failed jobs' },
  'ops.failures-dismissed': { zh: '不再处理失败任务', en: 'Dismissed failed jobs' },

  'channels.shop-created': { zh: '新建店铺', en: 'Added a shop' },
  'channels.shop-changed': { zh: '改店铺设置', en: 'Changed a shop' },
  'channels.credentials-changed': { zh: '改店铺密钥', en: "Changed a shop's credentials" },
  'channels.shop-authorised': { zh: '店铺授权', en: 'Authorised a shop' },
  'channels.shop-paused': { zh: '暂停店铺', en: 'Paused a shop' },
  'channels.shop-resumed': { zh: '恢复店铺', en: 'Resumed a shop' },
  'channels.unsent-retried': { zh: '重发未回传的结果', en: 'Sent unsent results again' },
  'channels.shop-deleted': { zh: '删除店铺', en: 'Deleted a shop' },
  'channels.unsent-dismissed': { zh: '不再回传', en: 'Gave up unsent results' },
  'channels.shipment-file-made': { zh: '下载发货表', en: 'Made a shipment file' },
  'channels.stock-file-made': { zh: '下载库存表', en: 'Made a stock file' },
  'channels.mode-switched': { zh: '切换店铺的接口与文件模式', en: 'Switched a shop between API and files' },
  'channels.raw-viewed': { zh: '查看渠道原文', en: "Viewed a channel's raw data" },

  'orders.approved': { zh: '审核通过订单', en: 'Approved orders' },
  'orders.held': { zh: '挂起订单', en: 'Held orders' },
  'orders.released': { zh: '放行订单', en: 'Released orders' },
  'orders.recalled': { zh: '反审核订单', en: 'Recalled orders' },
  'orders.changed': { zh: '改订单', en: 'Changed orders' },
  'orders.review-settings-changed': { zh: '改审单设置', en: 'Changed review settings' },
  'orders.exported': { zh: '导出订单', en: 'Exported orders' },

  'catalogue.sku-created': { zh: '新建 SKU', en: 'Added a SKU' },
  'catalogue.sku-changed': { zh: '改 SKU', en: 'Changed a SKU' },
  'catalogue.sku-deleted': { zh: '删除 SKU', en: 'Deleted a SKU' },
  'catalogue.listing-matched': { zh: '匹配平台商品', en: 'Matched listings' },
  'catalogue.listing-unmatched': { zh: '解除匹配', en: 'Undid a match' },
  'catalogue.listing-ignored': { zh: '忽略平台商品', en: 'Ignored listings' },

  'inventory.received': { zh: '入库', en: 'Received stock' },
  'inventory.adjusted': { zh: '调整库存', en: 'Adjusted stock' },
  'inventory.counted': { zh: '盘点', en: 'Counted stock' },
  'inventory.safety-changed': { zh: '改安全库存', en: 'Changed safety stock' },
  'inventory.warehouse-created': { zh: '新建仓库', en: 'Added a warehouse' },
  'inventory.warehouse-changed': { zh: '改仓库', en: 'Changed a warehouse' },

  'fulfilment.printed': { zh: '打印', en: 'Printed' },
  'fulfilment.shipped': { zh: '发货', en: 'Shipped' },
  'fulfilment.parcel-changed': { zh: '改包裹', en: 'Changed a parcel' },
  'fulfilment.parcel-cancelled': { zh: '取消包裹', en: 'Cancelled a parcel' },
  'logistics.carrier-changed': { zh: '改快递设置', en: 'Changed a carrier' },
  'logistics.numbers-added': { zh: '导入运单号', en: 'Added waybill numbers' },

  'imports.uploaded': { zh: '上传导入文件', en: 'Uploaded a file' },
  'imports.corrected': { zh: '改正导入文件', en: 'Corrected an imported file' },
  'imports.run': { zh: '导入', en: 'Ran an import' },
  'imports.stopped': { zh: '停止导入', en: 'Stopped an import' },
  'imports.undone': { zh: '撤销导入', en: 'Undid an import' },
} as const satisfies Record<string, Words>

export type Deed = keyof typeof deeds
