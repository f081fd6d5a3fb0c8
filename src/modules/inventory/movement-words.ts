import type { MovementKind } from './store/shelves.ts'

/** What a movement is called on a page. */
export const movementWords = {
  receive: '入库',
  adjust: '调整',
  count: '盘点',
  reserve: '占用',
  release: '释放',
  move: '调拨',
  dispatch: '出库',
  return: '退货入库',
  expect: '在途',
} as const satisfies Record<MovementKind, string>
