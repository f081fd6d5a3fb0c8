import { errorResult, notFound, type View } from '../errors.ts'
import { goodOf } from '../goods.ts'
import type { Fulfilment, FulfilmentState, LineQuantity, Order } from '../model.ts'
import { numberOf } from '../questions.ts'
import { draftFulfilment, fulfilmentMoves, makeOut, moveFulfilment, report } from '../shipping.ts'
import { stateOf } from '../status.ts'
import { sum, unfulfilledPieces } from '../sums.ts'
import { fulfilmentView } from '../views/parts.ts'
import type { World } from '../world.ts'
import { type WantedLine, type Writing, wantedOf } from './writing.ts'

interface FulfillOrderInput {
  readonly lines: readonly WantedLine[]
  readonly handler: {
    readonly code: string
    readonly arguments: readonly { readonly name: string; readonly value: string }[]
  }
}

/**
 * `addFulfillmentToOrder`: a parcel is made out; nothing is handed over yet. The order is whichever the lines belong to: the call names none.
 * Source: own-site.md 4; that an order must be paid, and the order of refusals, is [assumed].
 */
export function addFulfilment({ world, isLie }: Writing, { input }: { readonly input: FulfillOrderInput }): View {
  const { orders, pieces } = wantedOf(world, input.lines)
  const [order] = orders
  if (order === undefined || sum(pieces.map(({ quantity }) => quantity)) === 0)
    return errorResult('EmptyOrderLineSelectionError', 'At least one OrderLine must be specified')
  if (orders.size > 1) return createError('All OrderLines must belong to one Order')
  const against = refusalOf(world, order, pieces)
  if (against !== null) return against
  const { code, arguments: args } = input.handler
  if (code !== 'manual-fulfillment')
    return errorResult('InvalidFulfillmentHandlerError', 'The FulfillmentHandler code is not valid')
  const argument = (name: string) => args.find((each) => each.name === name)?.value
  const fulfilment = draftFulfilment(world, {
    lines: pieces,
    method: argument('method') ?? '',
    trackingCode: argument('trackingCode') ?? null,
  })
  if (!isLie) makeOut(world, order, fulfilment)
  return fulfilmentView(world, order, fulfilment)
}

const createError = (fulfillmentHandlerError: string): View =>
  errorResult('CreateFulfillmentError', 'An error occurred when attempting to create the Fulfillment', {
    fulfillmentHandlerError,
  })

const transitionError = (fromState: string, toState: string, transitionError: string): View =>
  errorResult('FulfillmentStateTransitionError', `Cannot transition Fulfillment from "${fromState}" to "${toState}"`, {
    transitionError,
    fromState,
    toState,
  })

const shippable: ReadonlySet<string> = new Set(['PaymentSettled', 'PartiallyShipped', 'Shipped', 'PartiallyDelivered'])

function refusalOf(world: World, order: Order, pieces: readonly LineQuantity[]): View | null {
  if (pieces.some(({ quantity }) => quantity < 1)) return createError('Quantities must be above 0')
  const lines = pieces.map(({ lineNo, quantity }) => ({
    quantity,
    line: order.lines.find(({ no }) => no === lineNo)!,
  }))
  const state = stateOf(order)
  // A whole order that has left is Delivered or Shipped, and what is asked for has been fulfilled.
  if (state !== 'Cancelled' && lines.some(({ line, quantity }) => quantity > unfulfilledPieces(order, line)))
    return errorResult('ItemsAlreadyFulfilledError', 'One or more OrderItems are already part of a Fulfillment')
  if (!shippable.has(state)) return transitionError('Created', 'Pending', `The Order is in the state "${state}"`)
  for (const { line, quantity } of lines) {
    const { no, onHand, product } = goodOf(world, line.variantNo)
    if (quantity > onHand)
      return errorResult('InsufficientStockOnHandError', `Cannot create a Fulfillment as "${product.title}" is short`, {
        productVariantId: String(no),
        productVariantName: product.title,
        stockOnHand: onHand,
      })
  }
  return null
}

interface Transition {
  readonly id: string
  readonly state: string
}

/** `transitionFulfillmentToState`. A lie is believed of parcels, too, that are themselves a lie. */
export function transitionFulfilment({ world, isLie }: Writing, { id, state }: Transition): View {
  const found = world.fulfilments.get(numberOf(id))
  if (found === undefined) {
    if (isLie) return phantom(world, id, state)
    throw notFound('Fulfillment', id)
  }
  const { order, fulfilment } = found
  const against = moveAgainst(fulfilment, state)
  if (against !== null) return against
  if (isLie) return { ...fulfilmentView(world, order, fulfilment), state }
  moveFulfilment(world, order, fulfilment, state as FulfilmentState)
  if (state === 'Shipped' || state === 'Delivered') report(world, order, fulfilment)
  return fulfilmentView(world, order, fulfilment)
}

function moveAgainst({ state: from }: Fulfilment, to: string): View | null {
  if (fulfilmentMoves[from].some((state) => state === to)) return null
  return transitionError(from, to, `From "${from}" one may go to ${fulfilmentMoves[from].join(', ') || 'nothing'}`)
}

function phantom({ clock }: World, id: string, state: string): View {
  const at = clock.now()
  const parcel = { id, createdAt: at, updatedAt: at, state, method: '', trackingCode: null, nextStates: [] }
  return { __typename: 'Fulfillment', ...parcel, lines: [], summary: [] }
}
