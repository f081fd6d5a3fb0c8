import { maskAddress, maskName, maskPhone } from '../../../core/address/mask.ts'

const masks = [
  [/手机|电话|联系方式|phone|mobile/i, maskPhone],
  [/地址|address/i, maskAddress],
  [/收货人|收件人|姓名|会员名|昵称|买家|name/i, maskName],
] as const

/** A cell of an order file as shown in a preview: personal by its header, masked. */
export function maskText(header: string, cell: string): string {
  const mask = masks.find(([words]) => words.test(header))?.[1]
  return mask === undefined || cell === '' ? cell : mask(cell)
}
