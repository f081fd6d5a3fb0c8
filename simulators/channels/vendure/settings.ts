import { refusal } from '../../aid/control.ts'

/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. Shares go from 0 to 1. */
export interface Settings {
  /** Share of paid purchases whose payment is only authorised. */
  readonly authorizedShare: number
  /** Share of paid purchases that the merchant is changing at once (Modifying). */
  readonly modifyingShare: number
  /** Share of paid purchases beside which somebody leaves a cart, which is no order in truth. */
  readonly cartShare: number
  /** Share of paid purchases before which a payment was declined. */
  readonly declinedShare: number
  /** Share of orders with a surcharge. */
  readonly surchargeShare: number
  /** Share of discounts that do not divide by pieces: of two such lines that are cancelled each can no longer be told to the fen. */
  readonly unevenShare: number
  /** Pieces of every variant that the shop keeps back; held by the variant itself, not by the global settings. */
  readonly outOfStockThreshold: number
  /** 1: money goes back when somebody settles the refund; until then it is Pending. */
  readonly pendingRefunds: number
  /** 1: sales push `stock.updated`, too, and not only stock that is set or put back. */
  readonly saleStockPushes: number
}

/** What holds until a test wishes otherwise. */
export const usual: Settings = {
  authorizedShare: 0,
  modifyingShare: 0,
  cartShare: 0,
  declinedShare: 0.1,
  surchargeShare: 0,
  unevenShare: 0,
  outOfStockThreshold: 0,
  pendingRefunds: 0,
  saleStockPushes: 0,
}

/** Changes what is named and leaves the rest. Throws a refusal for a name or a value that is none. */
export function changed(settings: Settings, body: unknown): Settings {
  if (typeof body !== 'object' || body === null) throw refusal('settings must be an object')
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(usual, name)) throw refusal(`no such setting: ${name}`)
    if (typeof value !== 'number' || value < 0) throw refusal(`${name} does not take ${JSON.stringify(value)}`)
  }
  return { ...settings, ...body }
}
