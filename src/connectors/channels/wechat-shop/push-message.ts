import { asFields, type Fields, parseFields } from '../../../kit/fields.ts'

/** The outside of a callback's body. `encrypt` is null in plain mode. */
export interface Envelope {
  readonly toUser: string | null
  readonly encrypt: string | null
}

/**
 * What an event says, as far as it is a hint. `subjectNo` tells apart events about neither order nor after-sale; `kind`
 * those of one name.
 */
export interface PushMessage {
  readonly toUser: string
  readonly event: string
  readonly createdAt: string
  readonly orderNo: string | null
  readonly caseNo: string | null
  readonly subjectNo: string
  readonly kind: string
}

/** Gives a field's text wherever it stands in the message; empty where it does not. */
type Look = (...names: readonly string[]) => string

/**
 * The envelope of a body in JSON or XML; null where it is neither, or more than that: the signature covers nothing
 * around it [rule].
 */
export function envelopeIn(body: string): Envelope | null {
  const look = lookInto(body)
  if (look === null) return null
  return { toUser: look('ToUserName') || null, encrypt: look('Encrypt') || null }
}

/** The message in a decrypted or plain text; null where it is neither JSON nor XML. Source: wechat-shop.md 11 [doc]. */
export function messageIn(text: string): PushMessage | null {
  const look = lookInto(text)
  if (look === null) return null
  return {
    toUser: look('ToUserName'),
    event: look('Event'),
    createdAt: look('CreateTime'),
    orderNo: look('order_id') || null,
    caseNo: look('after_sale_order_id') || null,
    subjectNo: look('complaint_id', 'sku_id', 'product_id'),
    kind: look('type', 'status'),
  }
}

function lookInto(text: string): Look | null {
  const whole = text.replace(/\r?\n$/, '')
  if (/^<xml>.*<\/xml>$/s.test(whole)) return xmlLook(whole)
  const isObject = whole.startsWith('{') && whole.endsWith('}')
  const fields = isObject ? parseFields(whole) : null
  return fields === null ? null : jsonLook(fields)
}

/**
 * A field stands at the top or in the one object that the event is about; its number may be text or a bare integer of
 * 19 digits.
 */
function jsonLook(fields: Fields): Look {
  const inner = Object.values(fields).map(asFields)
  const places = [fields, ...inner.filter((place) => place !== null)]
  return (...names) => {
    const found = names.flatMap((name) => places.map((place) => place[name])).find(isText)
    return found === undefined ? '' : String(found)
  }
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number'

/** These messages are flat but for one level and repeat no name, so a reader of whole XML is not needed. */
function xmlLook(text: string): Look {
  return (...names) => {
    for (const name of names) {
      const match = new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|([^<]*))</${name}>`, 's').exec(text)
      if (match) return match[1] ?? match[2] ?? ''
    }
    return ''
  }
}
