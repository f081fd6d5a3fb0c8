import type { z } from 'zod'
import type { getHome } from '../../contract/home.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { beijingDay, startOfBeijingDay } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { certificatesOf, shopsById, sweepEveryMs } from '../channels/index.ts'
import * as store from './store/home.ts'

type Home = z.input<typeof getHome.output>

const dayMs = 86_400_000

/** The first page of the day (工作台): what goes wrong next, today's figures, each shop, first steps. Only what the person may see. */
export async function readHome(ctx: Ctx): Promise<Home> {
  const now = ctx.now()
  const today = beijingDay(now)
  const urgent = await store.countUrgent(ctx.db, startOfBeijingDay(today) + dayMs)
  const shops = ctx.actor.permissions.has('shops.read') ? await shopLines(ctx, today) : []
  const may = ctx.actor.permissions
  return {
    urgent: urgentLines(urgent, may),
    today: await todayFigures(ctx, today, now),
    shops,
    shopNames: [...(await shopsById(ctx)).values()].map(({ shopId: id, channel, mark, name }) => ({
      id,
      channel,
      mark,
      name,
    })),
    steps: may.has('shops.manage') ? stepLines(await store.readSteps(ctx.db)) : [],
    nextSync: nextSync(shops, now),
    asOf: now,
  }
}

type Counted = Awaited<ReturnType<typeof store.countUrgent>>

interface Trouble extends Omit<Home['urgent'][number], 'count' | 'due'> {
  readonly counted: keyof Counted
  readonly due: 'firstDeadline' | 'unsentSince' | null
  /** Who lacks it does not see the line. */
  readonly right: Permission
}

/** Every kind of trouble the page knows, worst first, with the page that opens exactly these. */
const troubles: readonly Trouble[] = [
  {
    kind: 'late-today',
    zh: '今日将超时未发货',
    en: 'Must leave today',
    counted: 'lateToday',
    due: 'firstDeadline',
    owner: '仓库',
    to: '/review?view=late-today',
    action: '去处理',
    right: 'orders.read',
  },
  {
    kind: 'stopped',
    zh: '审核后有变化，已拦下',
    en: 'Changed after approval, stopped',
    counted: 'stopped',
    due: null,
    owner: '审单',
    to: '/review?view=exceptions&findings=changed-after-approval',
    action: '去核对',
    right: 'orders.review',
  },
  {
    kind: 'refunding',
    zh: '退款中，不能发货',
    en: 'Refunds open',
    counted: 'refunding',
    due: null,
    owner: '客服',
    to: '/review?view=exceptions&findings=refund-open',
    action: '去处理',
    right: 'orders.read',
  },
  {
    kind: 'short',
    zh: '缺货影响的订单',
    en: 'Orders short of stock',
    counted: 'short',
    due: null,
    owner: '采购',
    to: '/review?view=exceptions&findings=stock-short',
    action: '看缺什么',
    right: 'orders.read',
  },
  {
    kind: 'asks',
    zh: '等人看一眼的订单',
    en: 'Orders for a person to look at',
    counted: 'asks',
    due: null,
    owner: '审单',
    to: '/review?view=exceptions',
    action: '去审核',
    right: 'orders.review',
  },
  {
    kind: 'unmatched',
    zh: '商品未匹配的订单',
    en: 'Orders with unmatched goods',
    counted: 'unmatched',
    due: null,
    owner: '审单',
    to: '/listings',
    action: '去匹配',
    right: 'catalogue.read',
  },
  {
    kind: 'unsent',
    zh: '发货还没回传到平台',
    en: 'Shipments not told to the channel',
    counted: 'unsent',
    due: 'unsentSince',
    owner: '仓库',
    to: '/fulfil?step=unsent',
    action: '看原因',
    right: 'fulfilment.read',
  },
  {
    kind: 'failures',
    zh: '后台任务失败',
    en: 'Failed background work',
    counted: 'failures',
    due: null,
    owner: '店主',
    to: '/system?tab=failures',
    action: '去重试',
    right: 'system.read',
  },
]

const shownTroubles = 7

function urgentLines(counted: Counted, may: ReadonlySet<Permission>): Home['urgent'] {
  return troubles
    .filter((trouble) => may.has(trouble.right) && (counted[trouble.counted] ?? 0) > 0)
    .slice(0, shownTroubles)
    .map(({ counted: name, due, right, ...line }) => ({
      ...line,
      count: counted[name] ?? 0,
      due: due === null ? null : counted[due],
    }))
}

async function todayFigures(ctx: Ctx, today: string, now: number): Promise<Home['today']> {
  if (!ctx.actor.permissions.has('orders.read')) return []
  const lastWeek = beijingDay(now - 7 * dayMs)
  const kinds = await store.listDayKinds(ctx.db, [today, lastWeek])
  const states = new Map((await store.listStateCounts(ctx.db)).map((row) => [row.state, row.count]))
  const of = (day: string, ...names: string[]) =>
    kinds.filter((row) => row.day === day && names.includes(row.kind)).reduce((sum, row) => sum + row.count, 0)
  const line = (
    kind: string,
    words: [zh: string, en: string],
    value: number,
    to: string,
    before: number | null = null,
  ) => ({ kind, zh: words[0], en: words[1], value, lastWeek: before, to })
  return [
    line('new', ['新订单', 'New orders'], of(today, 'new'), `/orders?from=${today}`, of(lastWeek, 'new')),
    line(
      'auto-approved',
      ['自动通过', 'Approved by rules'],
      of(today, 'auto-approved'),
      '/review?view=approved',
      of(lastWeek, 'auto-approved'),
    ),
    line(
      'to-review',
      ['待人工处理', 'For a person'],
      (states.get('to-review') ?? 0) + (states.get('held') ?? 0),
      '/review?view=exceptions',
    ),
    line('approved', ['待打单', 'To print'], states.get('approved') ?? 0, '/fulfil'),
    line('allocated', ['待发货', 'To ship'], states.get('allocated') ?? 0, '/fulfil?view=printed'),
    line(
      'shipped',
      ['今日已发', 'Shipped today'],
      of(today, 'shipped'),
      '/fulfil?view=shipped',
      of(lastWeek, 'shipped'),
    ),
  ]
}

async function shopLines(ctx: Ctx, today: string): Promise<Home['shops']> {
  const marks = new Map(ctx.plugs.channels.map((plug) => [plug.manifest.id, plug.manifest.mark]))
  const shops = await store.listShopLines(ctx.db)
  const certificates = await certificatesOf(
    ctx,
    shops.map((shop) => shop.id),
    [today],
  )
  return shops.map((shop) => {
    const certificate = certificates.get(shop.id)?.[0]
    return {
      id: shop.id,
      channel: shop.channel,
      mark: marks.get(shop.channel) ?? shop.channel.slice(0, 1),
      name: shop.name,
      ...stateOf(shop, ctx.now()),
      lastSync: shop.lastSync,
      ours: certificate?.ourCount ?? 0,
      theirs: certificate?.channelCount ?? null,
      agrees: (certificate?.missing ?? 0) === 0,
    }
  })
}

/** The soonest over the shops that are pulled; one that is overdue is asked at any moment. */
function nextSync(shops: Home['shops'], now: number): number | null {
  const due = shops
    .filter((shop) => shop.lastSync !== null && pulledStates.has(shop.state))
    .map((shop) => Math.max(now, (shop.lastSync ?? now) + sweepEveryMs))
  return due.length === 0 ? null : Math.min(...due)
}
const pulledStates: ReadonlySet<string> = new Set(['good', 'late', 'expiring'])

const lateMs = 10 * 60_000

function stateOf(
  shop: Awaited<ReturnType<typeof store.listShopLines>>[number],
  now: number,
): { state: string; words: string } {
  if (shop.mode === 'file') return { state: 'files', words: '文件模式' }
  if (shop.stoppedBecause !== null) return { state: 'stopped', words: '授权失效，已停止' }
  if (shop.isPaused) return { state: 'paused', words: '已暂停' }
  const renewsItself = shop.refreshableUntil !== null && shop.refreshableUntil > now
  if (shop.expiresAt !== null && !renewsItself && shop.expiresAt - now < 7 * dayMs)
    return { state: 'expiring', words: `授权 ${Math.max(0, Math.ceil((shop.expiresAt - now) / dayMs))} 天后到期` }
  if (shop.lastSync === null) return { state: 'new', words: '首次抓取中' }
  const minutes = Math.floor((now - shop.lastSync) / 60_000)
  return now - shop.lastSync > lateMs
    ? { state: 'late', words: `抓单延迟 ${minutes} 分钟` }
    : { state: 'good', words: '正常' }
}

function stepLines(done: Awaited<ReturnType<typeof store.readSteps>>): Home['steps'] {
  return [
    {
      kind: 'shop',
      zh: '连接第一个店铺，或导入订单文件',
      why: '所有订单进同一个列表',
      minutes: 5,
      done: done.shops,
      to: '/shops',
    },
    {
      kind: 'warehouse',
      zh: '设仓库',
      why: '知道货从哪里发',
      minutes: 1,
      done: done.warehouse,
      to: '/stock?tab=warehouses',
    },
    {
      kind: 'match',
      zh: '匹配商品',
      why: '平台商品对上自己的 SKU，才能占库存',
      minutes: 5,
      done: done.matched,
      to: '/listings',
    },
    { kind: 'stock', zh: '填库存', why: '各店铺看到同一份库存，不超卖', minutes: 5, done: done.stock, to: '/stock' },
    { kind: 'print', zh: '打第一张面单', why: '走通从订单到包裹', minutes: 3, done: done.printed, to: '/fulfil' },
    { kind: 'people', zh: '邀请同事', why: '每人只看到自己岗位需要的', minutes: 2, done: done.people, to: '/people' },
  ]
}
