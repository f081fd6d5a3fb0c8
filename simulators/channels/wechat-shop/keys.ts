import { chance } from '../../aid/random.ts'
import { letters } from './tokens.ts'

/** What the console holds for pushes: a token that signs and a key that encrypts. */
export interface CallbackKeys {
  readonly callbackToken: string
  readonly encodingAesKey: string
  /** The key before, while a change is under way. */
  readonly previousEncodingAesKey: string | null
}

export interface KeyRing {
  readonly keys: () => CallbackKeys
  /**
   * The key for the next push. While a change is under way old and new come by turns [assumed], so that both must be
   * tried.
   */
  readonly nextAesKey: () => string
  /** A new key beside the one before. */
  readonly rotate: () => void
  /** The end of the change. */
  readonly finish: () => void
  /** Back to the first key alone. */
  readonly reset: () => void
}

export function keyRing(seed: number): KeyRing {
  const dice = chance(`${seed}:callback`)
  const first: CallbackKeys = {
    callbackToken: letters(dice, 15),
    encodingAesKey: letters(dice, 43),
    previousEncodingAesKey: null,
  }
  let keys = first
  let turn = 0

  return {
    keys: () => keys,
    nextAesKey: () => {
      turn += 1
      return turn % 2 === 0 ? (keys.previousEncodingAesKey ?? keys.encodingAesKey) : keys.encodingAesKey
    },
    rotate: () => {
      turn = 0
      keys = { ...keys, encodingAesKey: letters(dice, 43), previousEncodingAesKey: keys.encodingAesKey }
    },
    finish: () => {
      keys = { ...keys, previousEncodingAesKey: null }
    },
    reset: () => {
      keys = first
    },
  }
}
