/** The call itself, for the few answers that depend on it: signing in and out. */
export interface Visit {
  readonly requestId: string
  /** Where it came from: an IPv4 address, or the first half of an IPv6 one, which a single customer holds as a whole. */
  readonly address: string
  /** Null for tokens and for whoever is not signed in. */
  readonly sessionId: number | null
  /** The token that this session's writes must carry; null without a session. */
  readonly csrfToken: string | null
}
