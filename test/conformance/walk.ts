import type { OrderHead, Page, SeenOrder, Span } from '../../src/kit/channel.ts'
import type { Rig, Shop } from './rig.ts'

const mostPages = 200

/** All pages of a list, one after the other. `between` happens after each page but the last. */
export async function pages<Row>(
  ask: (cursor: string | null) => Promise<Page<Row>>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<Page<Row>[]> {
  const all: Page<Row>[] = []
  for (let cursor: string | null = null; all.length < mostPages; ) {
    const page = await ask(cursor)
    all.push(page)
    if (page.next === null) return all
    cursor = page.next
    await between()
  }
  throw new Error(`more than ${mostPages} pages`)
}

export async function pullHeads(rig: Rig, shop: Shop, span: Span): Promise<OrderHead[]> {
  const pull = rig.does('orders.pull')
  const all = await pages((cursor) => pull(shop, { span, by: 'modified', cursor }))
  return all.flatMap(({ rows }) => rows)
}

/** What the list carries, or else the detail: as the product's sweep does it. */
export async function fullOf(rig: Rig, shop: Shop, head: OrderHead): Promise<SeenOrder> {
  return head.full ?? rig.does('orders.get')(shop, head.channelOrderNo)
}

/** Every order of a span in full. */
export async function pullOrders(rig: Rig, shop: Shop, span: Span): Promise<SeenOrder[]> {
  const orders: SeenOrder[] = []
  for (const head of await pullHeads(rig, shop, span)) orders.push(await fullOf(rig, shop, head))
  return orders
}
