import { z } from 'zod'
import { Failure } from '../core/failures.ts'

/** The failures a connector finds by itself, beside those that its platform answers. */
export interface OwnFailures {
  /** An answer that says neither yes nor no. After a write it may have happened. */
  readonly strange: (reason: string, isWrite?: boolean, cause?: unknown) => Failure
  /** A refusal of our own, before anything was sent, in words that say what to do. */
  readonly refused: (reason: string) => Failure
  readonly notFound: (reason: string) => Failure
  readonly alreadyDone: (reason: string) => Failure
  /** Turns "this is not what the platform describes" into CHANNEL_NONSENSE naming the fields; any other fault is ours and goes on. */
  readonly readAs: <Value>(what: string, read: () => Value) => Value
}

/** @param channel the id in the channel's manifest */
export function ownFailures(channel: string): OwnFailures {
  const strange: OwnFailures['strange'] = (reason, isWrite = false, cause) =>
    new Failure(isWrite ? 'CHANNEL_UNCLEAR' : 'CHANNEL_NONSENSE', { channel, reason }, cause)
  return {
    strange,
    refused: (reason) => new Failure('CHANNEL_REFUSED', { channel, reason }),
    notFound: (reason) => new Failure('CHANNEL_NOT_FOUND', { channel, reason }),
    alreadyDone: (reason) => new Failure('CHANNEL_ALREADY_DONE', { channel, reason }),
    readAs: (what, read) => {
      try {
        return read()
      } catch (error) {
        if (error instanceof z.ZodError) {
          const paths = error.issues.map((issue) => issue.path.join('.') || 'root')
          throw strange(`${what}: ${[...new Set(paths)].slice(0, 5).join(', ')}`, false, error)
        }
        if (error instanceof RangeError) throw strange(`${what}: ${error.message}`, false, error)
        throw error
      }
    },
  }
}
