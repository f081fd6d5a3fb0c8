import type { RolePreset } from '../../core/access/permissions.ts'
import type { FrontDoor } from './front-door.ts'
import type { SimulatedShop } from './outside-world.ts'

/** A good as the demo brand sells it in every shop. */
export interface DemoGood {
  readonly merchantCode: string
  readonly title: string
  readonly specification: string
  readonly product: string
  readonly priceFen: number
  readonly usualStock: number
}

export interface LogIn {
  readonly loginName: string
  readonly name: string
  readonly role: RolePreset
  readonly password: string
  readonly words: string
}

/** The people of the demo company; one for each post. All share one printed password, which exists in the sandbox only. */
export const demoBrand = '木白家居'
export const demoPassword = 'mubai-2026-demo'
export const demoPeople: readonly LogIn[] = [
  { loginName: 'zhang', name: '张先生', role: 'owner', password: demoPassword, words: '店主' },
  { loginName: 'lin', name: '林审单', role: 'reviewer', password: demoPassword, words: '审单' },
  { loginName: 'chen', name: '陈客服', role: 'service', password: demoPassword, words: '客服' },
  { loginName: 'wang', name: '王仓库', role: 'warehouse', password: demoPassword, words: '仓库' },
  { loginName: 'li', name: '李财务', role: 'finance', password: demoPassword, words: '财务' },
  { loginName: 'zhao', name: '赵采购', role: 'purchasing', password: demoPassword, words: '采购' },
  { loginName: 'sun', name: '孙审计', role: 'auditor', password: demoPassword, words: '审计' },
]

interface Created {
  readonly id: number
}

/** Sets the demo company up as a merchant would, through the front door: warehouses, goods, stock, shops. Its people are there already. */
export async function foundCompany(
  door: FrontDoor,
  given: {
    readonly goods: readonly DemoGood[]
    readonly shops: readonly SimulatedShop[] /** Waybill numbers put into each pool; 3,000 when left out. */
    readonly waybills?: number
  },
): Promise<void> {
  await door.call('POST', '/session', { loginName: demoPeople[0]!.loginName, password: demoPassword })
  const [main, east] = await Promise.all([
    door.call<Created>('POST', '/warehouses', {
      code: 'ZZ',
      name: '漳州主仓',
      province: '福建省',
      city: '漳州市',
      district: '龙文区',
    }),
    door.call<Created>('POST', '/warehouses', {
      code: 'JX',
      name: '嘉兴分仓',
      province: '浙江省',
      city: '嘉兴市',
      district: '南湖区',
    }),
  ])
  const lines: { skuId: number; warehouseId: number; quantity: number }[] = []
  for (const good of given.goods) {
    const { id } = await door.call<Created>('POST', '/skus', {
      code: good.merchantCode,
      productName: good.title,
      specification: good.specification,
      barcode: `69${good.merchantCode.replace(/\D/g, '').padStart(11, '0')}`,
      weightG: 450,
      costFen: Math.round(good.priceFen * 0.4),
    })
    const aside = Math.floor(good.usualStock / 4)
    lines.push({ skuId: id, warehouseId: main.id, quantity: good.usualStock - aside })
    if (aside > 0) lines.push({ skuId: id, warehouseId: east.id, quantity: aside })
  }
  if (lines.length > 0) await door.call('POST', '/stock/receive', { lines, reason: '开业入库' })
  await addNumbers(door, given.waybills ?? 3_000)
  for (const shop of given.shops) await connectShop(door, shop)
}

/** Numbers in the carriers' own forms, so that a label can be printed at once. */
async function addNumbers(door: FrontDoor, count: number): Promise<void> {
  const numbers = (prefix: string, digits: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${String(100_000 + i).padStart(digits, '0')}`)
  await door.call('POST', '/carriers/zto/numbers', { code: 'zto', numbers: numbers('735', 11) })
  await door.call('POST', '/carriers/yto/numbers', { code: 'yto', numbers: numbers('YT77', 11) })
}

/** A shop at a simulated platform, connected as a merchant does: keys typed in, confirmed in the browser where the platform wants that, begun. */
export async function connectShop(door: FrontDoor, shop: SimulatedShop): Promise<void> {
  const { credentials } = await shop.control<{ credentials: Record<string, string> }>('about')
  const { shopId } = await door.call<{ shopId: number }>('POST', '/shops', {
    channel: shop.channel,
    name: `${demoBrand}·${shop.zh}`,
    mode: 'api',
  })
  const { channels } = await door.call<{ channels: { channel: string; fields: { name: string; kind: string }[] }[] }>(
    'GET',
    '/channels',
  )
  const typed =
    channels.find((one) => one.channel === shop.channel)?.fields.filter((field) => field.kind !== 'obtained') ?? []
  const fields = Object.fromEntries(
    typed.flatMap(({ name }) => (credentials[name] === undefined ? [] : [[name, credentials[name]]])),
  )
  const { next } = await door.call<{ next: string }>('PUT', `/shops/${shopId}/credentials`, { shopId, fields })
  if (next === 'authorise') await authorise(door, shopId)

  const { hookUrl } = await door.call<{ hookUrl: string | null }>('GET', `/shops/${shopId}`)
  // A platform whose messages are fetched has no place to be told where to push.
  if (hookUrl !== null) await shop.control('pushes', { url: hookUrl }).catch(() => undefined)
  await door.call('POST', `/shops/${shopId}/begin`, { shopId, historyDays: 7 })
}

/** The merchant's browser goes to the platform and comes back with a code. */
export async function authorise(door: FrontDoor, shopId: number): Promise<void> {
  const { url } = await door.call<{ url: string }>('POST', `/shops/${shopId}/authorisation`, { shopId })
  const consent = await fetch(url, { redirect: 'manual' })
  const back = consent.headers.get('location')
  if (back === null) throw new Error(`the platform did not send the merchant back: ${consent.status}`)
  await door.call('POST', '/shops/authorised', { query: Object.fromEntries(new URL(back).searchParams) })
}
