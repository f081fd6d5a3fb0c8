import type { FastifyInstance, FastifyReply } from 'fastify'
import { Failure } from '../../core/failures.ts'
import { type Caller, type Gate, identify, whoIs } from './gate.ts'
import type { LiveFeed, LiveHint } from './live-feed.ts'

/** What the stream of hints needs. */
export interface LiveDesk {
  readonly feed: LiveFeed
  readonly gate: Gate
  readonly cookie: string
  readonly beatMs: number
}

const streamsPerCaller = 12
/** A page that has stopped reading is let go; it comes back by itself and reads anew. */
const unreadAtMost = 256 * 1024

interface Stream {
  readonly who: string
  readonly end: () => void
}

/**
 * `GET /live`: server-sent events. `event: hint` with `{name, …ids}` says that something changed, for whoever may see it;
 * `event: reread` that hints may have been missed. Nothing but hints is sent; the page reads by ordinary calls.
 * Gives a function that ends all streams.
 */
export function serveLive(app: FastifyInstance, { feed, gate, cookie, beatMs }: LiveDesk): () => void {
  const streams = new Set<Stream>()

  app.get('/live', async (request, reply) => {
    const { caller } = await identify(gate, request, cookie)
    if (caller === null) throw new Failure('SIGN_IN_NEEDED')
    makeRoom(streams, whoIs(caller.actor))
    begin(reply)
    const again = async () => (await identify(gate, request, cookie)).caller
    const stream = openStream({ reply, caller, again, beatMs }, feed)
    streams.add(stream)
    request.raw.once('close', () => {
      streams.delete(stream)
      stream.end()
    })
    return reply
  })

  return () => {
    for (const stream of streams) stream.end()
  }
}

function begin(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  })
  reply.raw.write('retry: 2000\n\n')
}

interface Listening {
  readonly reply: FastifyReply
  readonly caller: Caller
  /** Whose session it is now; null once it has ended. */
  readonly again: () => Promise<Caller | null>
  readonly beatMs: number
}

function openStream({ reply, caller, again, beatMs }: Listening, feed: LiveFeed): Stream {
  const { raw } = reply
  let { permissions } = caller.actor

  const write = (text: string) => {
    if (raw.writableLength > unreadAtMost) end()
    else raw.write(text)
  }
  const onHint = (hint: LiveHint) => {
    if (hint.kind === 'reread') write('event: reread\ndata: {}\n\n')
    else if (permissions.has(hint.permission)) write(`event: hint\ndata: ${hint.text}\n\n`)
  }
  const beat = async () => {
    write(': beat\n\n')
    // Trouble of the database is no reason to send pages away; they hear of it by their own calls.
    const now = await again().catch((error: unknown) => (isSignedOut(error) ? null : undefined))
    if (now === null) end()
    else if (now) permissions = now.actor.permissions
  }
  const timer = setInterval(() => void beat(), beatMs)
  const unlisten = feed.listen(onHint)

  function end(): void {
    clearInterval(timer)
    unlisten()
    raw.end()
  }
  return { who: whoIs(caller.actor), end }
}

const isSignedOut = (error: unknown) => error instanceof Failure && error.code === 'SIGN_IN_NEEDED'

/** The oldest stream of a caller gives way to the newest. */
function makeRoom(streams: ReadonlySet<Stream>, who: string): void {
  const own = [...streams].filter((stream) => stream.who === who)
  for (const stream of own.slice(0, Math.max(0, own.length - streamsPerCaller + 1))) stream.end()
}
