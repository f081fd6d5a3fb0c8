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
  // The pool keeps its password out of sight of a spread.
  const connection: pg.ClientConfig = { ...pool.options, password: pool.options.password }
  const listeners = new Set<(hint: LiveHint) => void>()
  const tellAll = (hint: LiveHint) => {
    for (const listener of listeners) listener(hint)
  }
  let isClosed = false
  let current: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let pauseMs = firstPauseMs

  async function connect(isFirst: boolean): Promise<void> {
    const client = new pg.Client({ ...connection, application_name: 'tongdan live', keepAlive: true })
    current = client
    client.on('notification', ({ payload }) => {
      const hint = readHint(payload ?? '')
      if (hint) tellAll(hint)
    })
    client.on('error', () => undefined)
    client.once('end', () => later())
    try {
      await client.connect()
      await client.query(`listen ${liveChannel}`)
      pauseMs = firstPauseMs
      if (!isFirst) tellAll({ kind: 'reread' })
    } catch (err) {
      log.warn({ err }, 'live updates: no connection, tried again')
      await client.end().catch(() => undefined)
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
  return {
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await current?.end().catch(() => undefined)
    },
  }
}

const Told = z.looseObject({ name: z.string() })

/** Null for what no page may hear. */
function readHint(text: string): LiveHint | null {
  const { name } = Told.parse(JSON.parse(text))
  const permission = Object.hasOwn(hintPermissions, name) ? hintPermissions[name as EventName] : null
  return permission && { kind: 'hint', permission, text }
}
