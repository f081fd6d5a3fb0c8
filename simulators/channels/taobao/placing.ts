import { refusal } from '../../aid/control.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { type Buyer, buyerOf, oaidOf } from './buyers.ts'
import { takeStock } from './goods.ts'
import { makeLines, type Pick } from './lines.ts'
import type { Line, MoneyStyle, Sku, Step, Trade, TradeStatus } from './state.ts'
import { addTrade, announce, secondNow, type World } from './world.ts'

/** Places orders; fewer than wished where the shelf is too bare. A fixed basket has no gifts, but discounts and freight as any other. */
export function placeOrders(world: World, purchase: Purchase): Trade[] {
  if (world.skus.size === 0) throw refusal('no listings to buy', 409)
  const seed = purchase.seed ?? `${world.seed}:${world.purchases}`
  world.purchases += 1
  const buyers: Buyer[] = []
  const placed: Trade[] = []
  for (let turn = 0; turn < purchase.count; turn++) {
    const dice = chance(`${seed}:${turn}`)
    const picks = basket(world, purchase, dice)
    if (picks.length === 0) continue
    const buyer =
      purchase.buyer === undefined && buyers.length > 0 && dice.happens(0.15)
        ? dice.pick(buyers)
        : buyerOf(purchase, dice)
    buyers.push(buyer)
    placed.push(place(world, { purchase, dice, picks, buyer }))
  }
  return placed
}

interface Placing {
  readonly purchase: Purchase
  readonly dice: Chance
  readonly picks: readonly Pick[]
  readonly buyer: Buyer
}

function place(world: World, { purchase, dice, picks, buyer }: Placing): Trade {
  const now = secondNow(world)
  const tid = nextTid(world)
  const isStep = purchase.pay === 'deposit' || (purchase.pay === 'unpaid' && picks.length === 1 && dice.happens(0.05))
  const isCash = !isStep && purchase.pay !== 'unpaid' && dice.happens(world.settings.cashOnDeliveryShare)
  const { lines, discountFen } = makeLines({ tid, picks, dice })
  const postFen = isStep ? 0 : dice.pick([0, 0, 0, 800, 1000])
  const trade: Trade = {
    tid,
    type: typeOf(isStep, isCash),
    createdAt: now,
    buyerNick: buyer.nick,
    buyerOpenUid: buyer.openUid,
    lines,
    postFen,
    discountFen,
    paymentFen: lines.reduce((all, line) => all + line.paidFen, postFen),
    moneyStyle: styleOf(world, dice),
    showsSplit: dice.happens(0.3),
    giftPromise: purchase.lines === undefined && dice.happens(0.04) ? promiseOf(world, dice) : null,
    step: isStep ? stepOf(lines, world) : null,
    tradeFrom: dice.pick(['WAP,WAP', 'TAOBAO', 'WAP,WAP', 'JHS,WAP']),
    status: 'WAIT_BUYER_PAY',
    modifiedAt: now,
    touchedAt: world.clock.now(),
    paidAt: null,
    consignedAt: null,
    endedAt: null,
    note: purchase.note ?? '',
    memo: '',
    flag: 0,
    receiver: buyer.receiver,
    oaid: oaidOf(tid, buyer.receiver.address),
    addressChanged: false,
    isSplit: false,
  }
  setStatus(trade, isStep ? 'WAIT_BUYER_PAY' : openStatus(purchase, dice))
  addTrade(world, trade)
  if (world.settings.reduceStock === 'on-order') takeFromShelf(world, trade)
  announce(world, trade, 'TradeCreate')
  if (isCash) toBeShipped(world, trade)
  else if (purchase.pay === 'deposit') payDeposit(world, trade)
  else if (purchase.pay !== 'unpaid') payInFull(world, trade, dice.happens(world.settings.groupBuyShare))
  return trade
}

/** Everything still open is paid. `waits`: the order joins a group that is not full yet, and may not be shipped. */
export function payInFull(world: World, trade: Trade, waits = false): void {
  if (world.settings.reduceStock === 'on-payment') takeFromShelf(world, trade)
  trade.paidAt = secondNow(world)
  if (trade.step !== null) trade.step.status = 'FRONT_PAID_FINAL_PAID'
  setStatus(trade, waits ? 'PAID_FORBID_CONSIGN' : 'WAIT_SELLER_SEND_GOODS')
  announce(world, trade, 'TradeBuyerPay')
}

export function setStatus(trade: Trade, status: TradeStatus): void {
  trade.status = status
  for (const line of trade.lines) line.status = status
}

/** Cash on delivery is shipped before it is paid. */
function toBeShipped(world: World, trade: Trade): void {
  if (world.settings.reduceStock === 'on-payment') takeFromShelf(world, trade)
  setStatus(trade, 'WAIT_SELLER_SEND_GOODS')
  announce(world, trade, 'TradeChanged')
}

function typeOf(isStep: boolean, isCash: boolean): Trade['type'] {
  if (isStep) return 'step'
  return isCash ? 'cod' : 'fixed'
}

function payDeposit(world: World, trade: Trade): void {
  if (trade.step === null) return
  trade.step.status = 'FRONT_PAID_FINAL_NOPAID'
  announce(world, trade, 'TradeBuyerStepPay')
}

function openStatus(purchase: Purchase, dice: Chance): TradeStatus {
  if (purchase.pay !== 'unpaid') return 'WAIT_BUYER_PAY'
  return dice.pick<TradeStatus>([
    ...Array<TradeStatus>(17).fill('WAIT_BUYER_PAY'),
    'TRADE_NO_CREATE_PAY',
    'TRADE_NO_CREATE_PAY',
    'PAY_PENDING',
    'WAIT_PRE_AUTH_CONFIRM',
  ])
}

function takeFromShelf(world: World, trade: Trade): void {
  for (const line of trade.lines) {
    const sku = world.skus.get(line.merchantCode)
    if (sku === undefined) continue
    line.isOversold = sku.quantity < line.quantity
    takeStock(world, sku, line.quantity)
  }
}

/** What is bought: the fixed basket as it is or not at all, a chosen one as far as the shelf reaches. */
function basket(world: World, purchase: Purchase, dice: Chance): Pick[] {
  const ignore = purchase.ignoreStock === true
  if (purchase.lines === undefined) return chosenBasket(world, dice, { ignore, isSingle: purchase.pay === 'deposit' })
  const picks = purchase.lines.map(({ merchantCode, quantity }) => ({
    sku: listing(world, merchantCode),
    quantity,
    isGift: false,
  }))
  const needed = (sku: Sku) => picks.reduce((all, pick) => all + (pick.sku === sku ? pick.quantity : 0), 0)
  return ignore || picks.every(({ sku }) => needed(sku) <= sku.quantity) ? picks : []
}

function chosenBasket(
  world: World,
  dice: Chance,
  how: { readonly ignore: boolean; readonly isSingle: boolean },
): Pick[] {
  const choice = dice.shuffled([...world.skus.values()])
  const wanted = how.isSingle ? 1 : dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])
  const picks: Pick[] = []
  for (const sku of choice) {
    if (picks.length === wanted) break
    const wish = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const quantity = how.ignore ? wish : Math.min(wish, sku.quantity)
    if (quantity > 0) picks.push({ sku, quantity, isGift: false })
  }
  const gift = choice.find((sku) => sku.quantity > 0 && !picks.some((pick) => pick.sku === sku))
  if (picks.length > 0 && gift !== undefined && !how.isSingle && dice.happens(0.06))
    picks.push({ sku: gift, quantity: 1, isGift: true })
  return picks
}

function listing(world: World, merchantCode: string): Sku {
  const sku = world.skus.get(merchantCode)
  if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
  return sku
}

function styleOf(world: World, dice: Chance): MoneyStyle {
  const drawn = dice.pick<MoneyStyle>(['observed', 'observed', 'observed', 'documented', 'documented', 'bare'])
  return world.settings.moneyStyle === 'mixed' ? drawn : world.settings.moneyStyle
}

function stepOf(lines: readonly Line[], world: World): Step {
  const due = lines.reduce((all, line) => all + line.paidFen, 0)
  return {
    status: 'FRONT_NOPAID_FINAL_NOPAID',
    depositFen: Math.max(1, Math.floor(due / 10)),
    payNo: `91${world.dice.digits(10)}`,
  }
}

function promiseOf(world: World, dice: Chance): Trade['giftPromise'] {
  const sku = dice.pick([...world.skus.values()])
  return { itemNo: sku.item.itemNo, name: sku.title, quantity: 1 }
}

/** Nineteen digits, far above 2^53; the last six are the shop's. Room for the lines' numbers lies between two trades. */
function nextTid(world: World): string {
  world.lastTidHead += world.dice.whole(1, 997)
  return `${world.lastTidHead}120915`
}
