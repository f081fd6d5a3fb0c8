import type { View } from '../graphql/answer.ts'
import type { Edition } from '../schema.ts'
import type { World } from '../world.ts'

/** What mutations work on. */
export interface Writing {
  readonly world: World
  readonly edition: Edition
  /** Success is to be answered and nothing done. */
  readonly isLie: boolean
}

/** A refusal of the shop itself, inside the answer with HTTP 200. Source: own-site.md 3 [doc]. */
export interface UserError {
  readonly field: readonly string[] | null
  readonly message: string
  readonly code?: string
}

/** The payload of a mutation that was refused: everything beside the errors is null. */
export function refused(names: readonly string[], ...errors: readonly UserError[]): View {
  return {
    ...Object.fromEntries(names.map((name) => [name, null])),
    userErrors: errors.map((error) => ({ code: null, ...error })),
  }
}

/** Whether the outcome of some reckoning is what the shop has against it. */
export function isUserError(outcome: object): outcome is UserError {
  return 'message' in outcome && 'field' in outcome
}
