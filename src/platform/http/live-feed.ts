import pg from 'pg'
import { z } from 'zod'
import { hintPermissions } from '../../core/access/hints.ts'
import type { Permission } from '../../core/access/permissions.ts'
import type { EventName } from '../../core/events.ts'
import { liveChannel } from '../events/tell.ts'
import type { Log } from '../log.ts'

/** What an open page is told: that something of this name changed, and the right needed to hear it. `reread`: hints may have been missed. */
export type LiveHint =
  | { readonly kind: 'hint'; readonly permission: Permission; readonly text: string }
  | { readonly kind: 'reread' }

export interface LiveFeed {
  /** Calls `listener` with every hint until the returned function is called. */
  readonly listen: (listener: (hint: LiveHint) => void) => () => void
  readonly close: () => Promise<void>
}

const firstPauseMs = 250
const longestPauseMs = 10_000

/**
 * Hears the database's notifications over one connection of its own (to where the pool's go), however many pages are open. When it breaks it is made again,
 * and all pages are told to read anew.
 */
export function openLiveFeed(pool: pg.Pool, log: Log): LiveFeed {
  const listeners = new Set<(hint: LiveHint) => void>()
  const tellAll = (hint: LiveHint) => {
    for (const listener of listeners) listener(hint)
  }
  const close = keepListening(pool, log, tellAll)
  return {
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}

/** Listens until the returned function is called; each connection after the first begins with `reread`. */
function keepListening(pool: pg.Pool, log: Log, tellAll: (hint: LiveHint) => void): () => Promise<void> {
  let isClosed = false
  let current: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let pauseMs = firstPauseMs

  async function connect(isFirst: boolean): Promise<void> {
    current = clientFor(pool, tellAll)
    current.once('end', later)
    try {
      await current.connect()
      await current.query(`listen ${liveChannel}`)
      pauseMs = firstPauseMs
      if (!isFirst) tellAll({ kind: 'reread' })
    } catch (err) {
      log.warn({ err }, 'live updates: no connection, tried again')
      await current.end().catch(() => undefined)
      later()
    }
  }

  function later(): void {
    if (isClosed) return
    clearTimeout(timer)
    timer = setTimeout(() => void connect(false), pauseMs)
    timer.unref()
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }

  void connect(true)
  return async () => {
    isClosed = true
    clearTimeout(timer)
    await current?.end().catch(() => undefined)
  }
}

/** A connection to where the pool's go, outside the pool, that passes on what it hears. */
function clientFor({ options }: pg.Pool, tellAll: (hint: LiveHint) => void): pg.Client {
  // The pool keeps its password out of sight of a spread.
  const client = new pg.Client({
    ...options,
    password: options.password,
    application_name: 'tongdan live',
    keepAlive: true,
  })
  client.on('notification', ({ payload }) => {
    const hint = readHint(payload ?? '')
    if (hint) tellAll(hint)
  })
  // What breaks it also ends it; the end is what is acted on.
  client.on('error', () => undefined)
  return client
}

const Told = z.looseObject({ name: z.string() })

/** Null for what no page may hear. */
function readHint(text: string): LiveHint | null {
  const { name } = Told.parse(JSON.parse(text))
  const permission = Object.hasOwn(hintPermissions, name) ? hintPermissions[name as EventName] : null
  return permission && { kind: 'hint', permission, text }
}
