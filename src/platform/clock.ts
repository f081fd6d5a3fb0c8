import type { Instant } from '../core/time/instant.ts'

/** The one place where the product reads the time. Tests put their own in its place. */
export type Clock = () => Instant

export const systemClock: Clock = () => Date.now()
