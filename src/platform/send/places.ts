import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Limit, OutgoingRequest } from '../../kit/plug.ts'
import type { Db } from '../db/open.ts'
import { rowsAs, sql } from '../db/sql.ts'
import { ageingMs } from './line.ts'
import type { Caller } from './send.ts'

/**
 * A limit of `times` calls per `perMs` is kept as that many places. A call takes one and gives it back when it is answered; the place
 * is free again `perMs` after that. Two calls in one place are therefore at least `perMs` apart at the other side, whatever the
 * network does, so no window of that length ever holds more than `times`. Limits of many calls have fewer places, each for several calls.
 */
export interface Wanted {
  readonly scope: string
  readonly name: string
  readonly places: number
  /** Calls a place stands for. */
  readonly calls: number
  readonly perMs: number
}

const placesAtMost = 64

export const appScope = (caller: Pick<Caller, 'channel' | 'appKey'>) =>
  `app:${caller.channel}:${createHash('sha256').update(caller.appKey).digest('hex').slice(0, 16)}`

/** The limits that a call falls under. */
export function limitsOf(caller: Caller, request: Pick<OutgoingRequest, 'operation' | 'isWrite'>): Wanted[] {
  const names = new Set(['*', request.isWrite ? 'write' : 'read', request.operation])
  return caller.limits.filter((limit) => names.has(limit.operation)).map((limit) => wantedOf(caller, limit))
}

export function wantedOf(caller: Pick<Caller, 'shopId' | 'channel' | 'appKey'>, limit: Limit): Wanted {
  const places = Math.min(limit.times, placesAtMost)
  const scope = limit.per === 'shop' ? `shop:${caller.shopId}` : appScope(caller)
  const name = `${limit.operation} ${limit.times}/${limit.perMs}`
  return { scope, name, places, calls: Math.floor(limit.times / places), perMs: limit.perMs }
}

export interface Place {
  readonly scope: string
  readonly name: string
  readonly place: number
}

export type Taken =
  | { readonly kind: 'taken'; readonly places: readonly Place[] }
  /** `stuckOn` names the limits without a place. */
  | { readonly kind: 'wait'; readonly ms: number; readonly stuckOn: readonly string[] }
  | { readonly kind: 'banned'; readonly ms: number }

const columns = { scope: 'text', name: 'text', places: 'int', calls: 'int', perMs: 'bigint' } as const

/** Lays out the places of these limits; harmless when they are there. */
export const layOutPlaces = (db: Db, wanted: readonly Wanted[]) =>
  db.run(sql`
  insert into platform.call_place (scope, name, place, free_at)
  select w.scope, w.name, place, 'epoch'
    from ${rowsAs('w', wanted, columns)} cross join lateral generate_series(0, w.places - 1) place
   order by 1, 2, 3
      on conflict do nothing`)

const TakenRow = z.strictObject({
  bannedMs: z.number().nullable(),
  places: z.array(z.object({ scope: z.string(), name: z.string(), place: z.int() })).nullable(),
  stuckOn: z.array(z.string()).nullable(),
  waitMs: z.number().nullable(),
  isBehind: z.boolean(),
})

export interface Taking {
  readonly scope: string
  readonly operation: string
  readonly leaseMs: number
  readonly turn: { readonly id: number; readonly rank: number; readonly waitedMs: number }
}

/** After its next try is due, a turn that does not show itself again counts for nothing. */
const turnGraceMs = 1_000

/** How urgent this turn is by now, and a turn of another process that goes before it; over `clock` and `wanted`. */
const turnsBefore = (turn: Taking['turn']) => sql`
    me as (
      select ${turn.rank}::int - floor(${turn.waitedMs}::float8 / ${ageingMs}) as urgency,
             clock.now - ${turn.waitedMs}::float8 * interval '1 millisecond' as since
        from clock
    ), ahead as materialized (
      select t.id
        from platform.call_turn t cross join clock cross join me
       where t.id <> ${turn.id} and t.until > clock.now and t.stuck_on && array(select scope || ' ' || name from wanted)
         and (t.rank - floor(extract(epoch from clock.now - t.since) * 1000 / ${ageingMs}), t.since) < (me.urgency, me.since)
       limit 1
    )`

/** Shows this turn to the other processes where it is `stuck`. */
const turnShown = (turn: Taking['turn']) => sql`
    shown as (
      insert into platform.call_turn as t (id, stuck_on, rank, since, until)
      select ${turn.id}, array(select word from stuck), ${turn.rank}, me.since,
             greatest(clock.now, (select max(free_at) from stuck)) + ${turnGraceMs} * interval '1 millisecond'
        from me, clock
       where exists (select from stuck) and (select until from ban) is null
          on conflict (id) do update set stuck_on = excluded.stuck_on, until = excluded.until
    )`

/** One free place of each limit, locked; none while a ban holds or another turn goes first. */
const foundPlaces = sql`
    found as materialized (
      select w.scope, w.name, w.per_ms, p.place, p.starts_anew
        from wanted w cross join clock cross join lateral (
          select place, free_at <= clock.now and (out_until is null or out_until <= clock.now) as starts_anew
            from platform.call_place
           where scope = w.scope and name = w.name and place < w.places
             and ((used < w.calls and w.calls > 1) or (free_at <= clock.now and (out_until is null or out_until <= clock.now)))
           order by place
           limit 1
             for update skip locked) p
       where (select until from ban) is null and not exists (select from ahead)
    )`

/** Limits of which no place was found, with the moment at which one may be free. */
const stuckLimits = sql`
    stuck as (
      select w.scope || ' ' || w.name as word,
             (select min(free_at) from platform.call_place p where p.scope = w.scope and p.name = w.name and p.place < w.places) as free_at
        from wanted w
       where not exists (select from found where found.scope = w.scope and found.name = w.name)
    )`

/**
 * Takes one place of each limit, or none at all and says how long to wait; one statement, which never waits for a lock. A turn of another
 * process that lacks a place in one of these limits and is more urgent, or as urgent and here longer, goes first.
 */
export async function takePlaces(db: Db, wanted: readonly Wanted[], { turn, ...call }: Taking): Promise<Taken> {
  const row = await db.one(
    TakenRow,
    sql`
    with clock as materialized (select clock_timestamp() as now),
    wanted as (select * from ${rowsAs('t', wanted, columns)}),
    ban as (
      select max(until) as until from platform.call_ban, clock
       where scope = ${call.scope} and operation in (${call.operation}, '*') and until > clock.now
    ), ${turnsBefore(turn)}, ${foundPlaces}, taken as (
      update platform.call_place p
         set used = case when found.starts_anew then 1 else p.used + 1 end,
             free_at = clock.now + found.per_ms * interval '1 millisecond',
             out_until = clock.now + ${call.leaseMs}::float8 * interval '1 millisecond'
        from found, clock
       where p.scope = found.scope and p.name = found.name and p.place = found.place
         and (select count(*) from found) = (select count(*) from wanted)
      returning p.scope, p.name, p.place
    ), ${stuckLimits}, ${turnShown(turn)}
    select (select extract(epoch from until - clock.now) * 1000 from ban)::float8 as banned_ms,
           (select json_agg(json_build_object('scope', scope, 'name', name, 'place', place)) from taken) as places,
           (select array_agg(word) from stuck) as stuck_on,
           (select extract(epoch from max(free_at) - clock.now) * 1000 from stuck)::float8 as wait_ms,
           exists (select from ahead) as is_behind
      from clock`,
  )
  if (row.bannedMs !== null) return { kind: 'banned', ms: Math.ceil(row.bannedMs) }
  if (row.places !== null) return { kind: 'taken', places: row.places }
  const atLeast = row.isBehind ? behindWaitMs : shortestWaitMs
  return { kind: 'wait', ms: Math.max(atLeast, Math.ceil(row.waitMs ?? 0)), stuckOn: row.stuckOn ?? [] }
}

/** Nobody waits for this turn any more. */
export const endTurn = (db: Db, id: number) => db.run(sql`delete from platform.call_turn where id = ${id}`)

/** Turns of processes that died. */
export const deleteOldTurns = (db: Db) =>
  db.run(sql`delete from platform.call_turn where until < clock_timestamp() - interval '1 minute'`)

/** How many calls wait for a place of each limit now, and how long the first has waited (ms). */
export const readTurns = (db: Db, scopes: readonly string[]) =>
  db.all(
    z.strictObject({ limit: z.string(), waiting: z.int(), longestMs: z.number() }),
    sql`
  select word as "limit", count(*)::int as waiting, (extract(epoch from clock_timestamp() - min(since)) * 1000)::float8 as longest_ms
    from platform.call_turn t cross join lateral unnest(t.stuck_on) word
   where t.until > clock_timestamp() and split_part(word, ' ', 1) = any(${scopes}::text[])
   group by word
   order by word`,
  )

const shortestWaitMs = 20
const behindWaitMs = 40

/** Gives places back: each is free again when its limit's time has passed from now. */
export const giveBackPlaces = (db: Db, places: readonly Place[], wanted: readonly Wanted[]) =>
  db.run(sql`
  update platform.call_place p
     set free_at = clock_timestamp() + w.per_ms * interval '1 millisecond', out_until = null
    from ${rowsAs('t', places, { scope: 'text', name: 'text', place: 'int' })}
    join ${rowsAs('w', wanted, columns)} using (scope, name)
   where p.scope = t.scope and p.name = t.name and p.place = t.place`)

/** Nobody of this app calls the operation again before the ban is over (限流封禁). */
export async function learnBan(
  db: Db,
  caller: Pick<Caller, 'channel' | 'appKey'>,
  ban: { readonly operation: string; readonly ms: number },
): Promise<void> {
  await db.run(sql`
    insert into platform.call_ban as b (scope, operation, until)
    values (${appScope(caller)}, ${ban.operation}, clock_timestamp() + ${ban.ms}::float8 * interval '1 millisecond')
        on conflict (scope, operation) do update set until = greatest(b.until, excluded.until)`)
}

/** Somebody has reason to try again at once: what we know of bans of this app is forgotten. */
export const forgetBans = (db: Db, caller: Pick<Caller, 'channel' | 'appKey'>) =>
  db.run(sql`delete from platform.call_ban where scope = ${appScope(caller)}`)

const Used = z.strictObject({ scope: z.string(), name: z.string(), used: z.int() })

/** How many calls stand within the window of each limit now. */
export const readUse = (db: Db, scopes: readonly string[]) =>
  db.all(
    Used,
    sql`
  select scope, name, sum(used)::int as used
    from platform.call_place
   where scope = any(${scopes}::text[]) and (free_at > clock_timestamp() or out_until > clock_timestamp())
   group by scope, name
   order by scope, name`,
  )

const Ban = z.strictObject({ scope: z.string(), operation: z.string(), until: z.number() })

/** Bans that hold now. */
export const readBans = (db: Db, scopes: readonly string[]) =>
  db.all(
    Ban,
    sql`
  select scope, operation, until
    from platform.call_ban
   where scope = any(${scopes}::text[]) and until > clock_timestamp()
   order by scope, operation`,
  )
