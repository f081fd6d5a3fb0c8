import { type Deed, deeds } from '../../core/access/deeds.ts'
import type { Recorded } from '../../platform/http/steps.ts'
import type { Actor, Ctx } from '../../platform/module.ts'
import { insertAudit } from './store/audit.ts'

/** One deed for the audit trail (审计日志). */
export interface AuditEntry {
  readonly deed: Deed
  /** What it was done to: `order`, `shop`, `person` …, and which one; null when there is no one thing. */
  readonly object: string
  readonly objectId: number | string | null
  /** Often `before` and `after`; never personal data of a buyer, never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** Writes who did what to the trail, in the caller's transaction; many entries are one statement. The actor and the time are the ctx's. */
export async function audit(ctx: Ctx, entries: AuditEntry | readonly AuditEntry[]): Promise<void> {
  const list = Array.isArray(entries) ? (entries as readonly AuditEntry[]) : [entries as AuditEntry]
  await write(
    ctx,
    list.map((entry) => ({ ...entry, words: deeds[entry.deed].zh, purpose: null })),
  )
}

/** Someone is shown plain personal data (明文), and why. Write it before the data is given away. */
export interface PersonalView {
  readonly object: string
  readonly objectIds: readonly (number | string)[]
  /** In the viewer's words: 联系买家, 核对地址, 售后 … */
  readonly purpose: string
  /** Which fields, such as `name`, `phone`, `address`. */
  readonly fields: readonly string[]
}

/** Writes a line per object looked at, in the caller's transaction. */
export async function auditPersonalView(ctx: Ctx, { object, objectIds, purpose, fields }: PersonalView): Promise<void> {
  const deed = 'security.personal-viewed'
  await write(
    ctx,
    objectIds.map((objectId) => ({ deed, words: deeds[deed].zh, object, objectId, purpose, details: { fields } })),
  )
}

/**
 * For the HTTP room: told after every write and every file given away. Writes a line by method and path unless the use case wrote
 * its own, so that no change is missing from the trail.
 */
export async function auditCall(ctx: Ctx, { route, input }: Recorded): Promise<void> {
  if (written.has(ctx.actor)) return
  const [, object = '', idName] = /^\/([\w-]+)(?:\/:(\w+))?/.exec(route.path) ?? []
  const objectId = idName === undefined ? null : textOf((input as Record<string, unknown>)[idName])
  await write(ctx, [{ deed: `${route.method} ${route.path}`, words: route.zh, object, objectId, purpose: null }])
}

const textOf = (id: unknown) => (typeof id === 'number' || typeof id === 'string' ? String(id) : null)

interface Line {
  readonly deed: string
  readonly words: string
  readonly object: string
  readonly objectId: number | string | null
  readonly purpose: string | null
  readonly details?: Readonly<Record<string, unknown>>
}

/** Actors are made anew for each call, so having written is known per call. */
const written = new WeakSet<Actor>()

async function write(ctx: Ctx, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  const { kind, id, name } = ctx.actor
  const by = { at: ctx.now(), actorKind: kind, actorId: id, actorName: name }
  await insertAudit(
    ctx.db,
    lines.map(({ objectId, details, ...line }) => ({
      ...by,
      ...line,
      objectId: objectId === null ? null : String(objectId),
      details: { ...details },
    })),
  )
  written.add(ctx.actor)
}
