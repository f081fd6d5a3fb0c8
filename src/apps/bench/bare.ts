import type pg from 'pg'

/**
 * The bare limit: the very rows our pipeline wrote, written again into a second database of the same form by one set-based statement a
 * table, values laid out beforehand, no decision taken. Same constraints, indexes, triggers, durable commits, and size of batch.
 */
export interface BareBatch {
  readonly statements: readonly { readonly text: string; readonly values: readonly (string | null)[][] }[]
}

/** Tables in the order of their references: which rows a round adds (by the marks before it), and by which column they go to batches. */
const tables = [
  { name: 'channels.seen', added: 'id > $seen', key: 'id' },
  {
    name: 'channels.payload',
    added: '(shop_id, channel_order_no) in (select shop_id, channel_order_no from channels.seen where id > $seen)',
    key: null,
  },
  { name: 'customers.buyer', added: 'id > $buyer', key: 'first' },
  { name: 'orders.sale', added: 'id > $sale', key: 'id' },
  { name: 'orders.receiver', added: 'order_id > $sale', key: 'order_id' },
  { name: 'orders.line', added: 'order_id > $sale', key: 'order_id' },
  { name: 'orders.history', added: 'order_id > $sale', key: 'order_id' },
  { name: 'inventory.reservation', added: 'order_id > $sale', key: 'order_id' },
  { name: 'inventory.movement', added: 'order_id > $sale', key: 'order_id' },
] as const

interface Column {
  readonly name: string
  readonly type: string
}

async function columnsOf(pool: pg.Pool, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [table],
  )
  return rows
}

/** Where the books stand now; the rows above are those a round adds. */
export interface Marks {
  readonly seen: string
  readonly buyer: string
  readonly sale: string
}

export async function marks(pool: pg.Pool): Promise<Marks> {
  const { rows } = await pool.query<Marks>(`
    select (select coalesce(max(id), 0) from channels.seen)::text as seen, (select coalesce(max(id), 0) from customers.buyer)::text as buyer,
           (select coalesce(max(id), 0) from orders.sale)::text as sale`)
  return rows[0]!
}

/** Reads what was added since `since`, cut into `batches` lots of equal size, ready to be written elsewhere. */
export async function readRows(pool: pg.Pool, since: Marks, batches: number): Promise<BareBatch[]> {
  const lots: { text: string; values: (string | null)[][] }[][] = Array.from({ length: batches }, () => [])
  for (const { name, added, key } of tables) {
    const columns = await columnsOf(pool, name)
    const where = added
      .replaceAll('$seen', since.seen)
      .replaceAll('$buyer', since.buyer)
      .replaceAll('$sale', since.sale)
    const texts = columns.map((column) => `"${column.name}"::text`).join(', ')
    const order = key === null || key === 'first' ? '' : `order by ${name}."${key}"`
    const { rows } = await pool.query<Record<string, string | null>>(
      `select ${texts} from ${name} where ${where} ${order}`,
    )
    const bounds = boundsOf(rows, key, batches)
    for (let b = 0; b < batches; b += 1) {
      const some = rows.slice(bounds[b], bounds[b + 1])
      if (some.length > 0)
        lots[b]!.push({
          text: insertText(name, columns),
          values: columns.map((column) => some.map((row) => row[column.name] ?? null)),
        })
    }
  }
  return lots.map((statements) => ({ statements }))
}

/** Buyers go first, all of them, since orders of every lot may name them. */
function boundsOf(rows: readonly Record<string, string | null>[], key: string | null, batches: number): number[] {
  if (key === 'first') return [0, ...Array.from({ length: batches }, () => rows.length)]
  return key === null
    ? evenly(rows.length, batches)
    : byKey(
        rows.map((row) => row[key]!),
        batches,
      )
}

function insertText(name: string, columns: readonly Column[]): string {
  const names = columns.map((c) => `"${c.name}"`).join(', ')
  return `insert into ${name} (${names}) overriding system value select ${columns.map((c) => `"${c.name}"::${c.type}`).join(', ')} from unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')}) as t(${names})`
}

const evenly = (length: number, parts: number) =>
  Array.from({ length: parts + 1 }, (_, i) => Math.round((i * length) / parts))

/** Cuts so that all rows of one key stay together and keys are shared out evenly. */
function byKey(keys: readonly string[], parts: number): number[] {
  const distinct = [...new Set(keys)]
  const starts = evenly(distinct.length, parts).map((i) => distinct[i])
  const first = new Map<string, number>()
  keys.forEach((key, i) => {
    if (!first.has(key)) first.set(key, i)
  })
  return starts.map((key) => (key === undefined ? keys.length : first.get(key)!))
}

export async function writeBatch(pool: pg.Pool, batch: BareBatch): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const { text, values } of batch.statements) await client.query(text, values as unknown[])
    await client.query('commit')
  } finally {
    client.release()
  }
}
