/** A parcel as it stands on paper. */
export interface PaperParcel {
  readonly parcelNo: string
  /** Place in this print, from 1, and how many there are: the same on labels and on the picking list. */
  readonly no: number
  readonly of: number
  readonly carrierName: string
  readonly waybillNo: string | null
  /** How often its label was printed before. */
  readonly reprints: number
  /** In plain words where the channel gave them. Only a label carries it. */
  readonly receiver: { readonly name: string; readonly phone: string; readonly address: string }
  /** For what goes into the box or through many hands. */
  readonly masked: { readonly name: string; readonly phone: string; readonly region: string }
  /** False when the channel hides the receiver: then its own label counts. */
  readonly isPlain: boolean
  readonly sender: { readonly company: string; readonly warehouse: string; readonly region: string }
  readonly orders: readonly { readonly orderNo: string; readonly channelOrderNo: string; readonly shop: string }[]
  readonly lines: readonly PaperLine[]
  readonly pieces: number
}

export interface PaperLine {
  readonly skuId: number
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly quantity: number
}

/** Who printed when (Beijing time), for the foot of every sheet. */
export interface Printed {
  readonly by: string
  readonly at: number
  /** The same as text. */
  readonly atText: string
}

export const goodsWords = ({ code, name, specification, quantity }: PaperLine) =>
  `${code} ${name}${specification === '' ? '' : ` ${specification}`} ×${quantity}`
