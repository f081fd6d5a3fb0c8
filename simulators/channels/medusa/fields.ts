import { fault } from './answers.ts'

/** What `relations` names a kind of thing; 'value' stands for what is worked out only when it is asked for. */
export type Kind = keyof typeof relations | 'value'

/**
 * What belongs to a thing and is shown only where `fields` asks for it. Names: [sdk M]; that everything else always comes with its thing is
 * [assumed]. Source: own-site.md 5, List.
 */
const relations = {
  order: {
    items: 'item',
    shipping_address: 'address',
    billing_address: 'address',
    shipping_methods: 'method',
    fulfillments: 'fulfillment',
    payment_collections: 'collection',
    transactions: 'plain',
    customer: 'plain',
    sales_channel: 'plain',
    region: 'plain',
    credit_lines: 'plain',
    returns: 'return',
  },
  item: { variant: 'variant', product: 'product', tax_lines: 'plain', adjustments: 'plain' },
  method: { tax_lines: 'plain', adjustments: 'plain' },
  fulfillment: { items: 'plain', labels: 'plain', delivery_address: 'address', provider: 'plain' },
  collection: { payments: 'payment', payment_sessions: 'plain', payment_providers: 'plain' },
  payment: { captures: 'plain', refunds: 'refund', payment_session: 'plain' },
  refund: { refund_reason: 'plain' },
  return: { items: 'plain' },
  product: { variants: 'variant', options: 'option', images: 'plain', sales_channels: 'plain' },
  variant: {
    product: 'product',
    options: 'optionValue',
    prices: 'plain',
    inventory_items: 'link',
    inventory_quantity: 'value',
  },
  option: { values: 'optionValue' },
  optionValue: { option: 'option' },
  link: { inventory: 'inventory', variant: 'variant' },
  inventory: { location_levels: 'level' },
  level: { inventory_item: 'inventory' },
  address: { country: 'plain' },
  plain: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/** Objects that come with their thing as its plain fields do, though `fields` may name them as if they were relations. */
const embedded = new Set(['summary', 'metadata', 'detail', 'data'])

/** What is wished of a thing: all plain fields or those named, and what of each relation. */
export interface Wish {
  isAll: boolean
  readonly names: Map<string, Wish>
}

const nothing = (): Wish => ({ isAll: false, names: new Map() })

/**
 * Reads `fields`: `+a` adds to what comes anyway, `-a` takes away, `*a` or `a.*` adds a relation; a bare name among them and nothing comes
 * but what is named. A plus that was not escaped arrives as a space. Rules beside `*` and `+` are [assumed].
 */
export function readFields(text: string | null, kind: keyof typeof relations, usual: readonly string[] = []): Wish {
  const asked = (text ?? '').split(',').filter((each) => each.trim() !== '')
  const isBare = (each: string) => !/^[+\- *]/.test(each) && !each.endsWith('.*')
  const wish: Wish = { ...nothing(), isAll: !asked.some(isBare) }
  if (wish.isAll) for (const path of usual) add(wish, kind, path)
  for (const each of asked) {
    const path = each.trim().replace(/^[+*]/, '').replace(/\.\*$/, '')
    if (each.startsWith('-')) wish.names.delete(path.slice(1))
    else add(wish, kind, path)
  }
  return wish
}

/** Throws a fault for a relation that there is not. */
function add(wish: Wish, kind: keyof typeof relations, path: string): void {
  const names = path.split('.')
  let [at, of]: [Wish, Kind | null] = [wish, kind]
  for (const [place, name] of names.entries()) {
    const next: Kind | null = of === null ? null : relationOf(of, name)
    const isInner = place < names.length - 1
    if (of !== null && next === null && isInner && !embedded.has(name)) {
      throw fault('invalid_data', `Requested fields [${path}] are not valid`)
    }
    const child = at.names.get(name) ?? nothing()
    at.names.set(name, child)
    if (!isInner) child.isAll = true
    at = child
    of = next
  }
}

function relationOf(kind: Kind, name: string): Kind | null {
  if (kind === 'value') return null
  const own: Readonly<Record<string, Kind>> = relations[kind]
  return own[name] ?? null
}

/** A thing as the views give it: relations are worked out only when they are asked for. */
export type Row = Readonly<Record<string, unknown>>
type Later = () => unknown

/** A thing with what is wished of it; its id comes always. */
export function project(kind: Kind, value: unknown, wish: Wish): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => project(kind, each, wish))
  if (kind === 'value' || typeof value !== 'object' || value === null) return value
  const shown = Object.entries(value).flatMap(([name, given]: [string, unknown]) => {
    const relation = relationOf(kind, name)
    const own = wish.names.get(name)
    if (relation === null) return wish.isAll || own || name === 'id' ? [[name, given] as const] : []
    return own
      ? [[name, project(relation, typeof given === 'function' ? (given as Later)() : given, own)] as const]
      : []
  })
  return Object.fromEntries(shown)
}
