import { Failure, failureWords } from '../../core/failures.ts'
import type { Shell } from './command.ts'

/**
 * Runs a subcommand that answers one JSON document on standard output. A refusal goes to standard error as `{ code, retry, zh }`. Gives
 * the exit code: 0, or 1 after a refusal. Nothing is thrown. Source: channel-order standard, "The inspector".
 */
export async function answerInJson(shell: Shell, work: () => Promise<unknown>): Promise<0 | 1> {
  try {
    shell.out(JSON.stringify(await work(), null, 2))
    return 0
  } catch (error) {
    shell.tell(JSON.stringify(refusalOf(error)))
    return 1
  }
}

/** What somebody at a terminal is told. A fault of ours is INTERNAL, and where it happened stands in the place of a request's number. */
function refusalOf(error: unknown) {
  const failure = error instanceof Failure ? error : new Failure('INTERNAL', { requestId: placeOf(error) }, error)
  return { code: failure.code, retry: failure.retry, zh: failureWords(failure.code, failure.details) }
}

/** The first place in our own code, such as `to-order.ts:41:9`; never the message, which may hold what was inspected. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return /([\w.-]+\.ts:\d+:\d+)/.exec(stack)?.[1] ?? 'tongdan'
}

/** The words a command knows, for whoever typed another. Throws INPUT_INVALID. */
export function oneOf<Word extends string>(field: string, words: readonly Word[], given: string | undefined): Word {
  const word = words.find((known) => known === given)
  if (word !== undefined) return word
  throw new Failure('INPUT_INVALID', {
    field,
    problem: `应是 ${words.join('、')} 之一${given ? `，不是“${given}”` : ''}`,
  })
}
