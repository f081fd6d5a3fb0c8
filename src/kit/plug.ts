import type { z } from 'zod'

/** A request a connector asks the platform to send. Build it purely; the platform adds limits, time-outs, redaction and recording. */
export interface OutgoingRequest {
  /** The operation it serves, such as `orders.pull`: limits, priority and the record go by it. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** True when silence leaves open whether it happened: then the failure is CHANNEL_UNCLEAR, never a blind retry. */
  readonly isWrite: boolean
}

/** What came back. `headers` have lower-case names. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** All a connector gets of the world: whose account it is, where to talk to, a way to send, and the time. */
export interface Account<Credentials> {
  readonly credentials: Credentials
  /** Base address without a trailing slash; the manifest's by default, a simulator's in the sandbox. */
  readonly address: string
  /** Throws CHANNEL_UNREACHABLE or, for a write, CHANNEL_UNCLEAR when no answer came. Any status is an answer. */
  readonly send: (request: OutgoingRequest) => Promise<Answer>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** How often an operation may be called (调用限制). `per` says whose budget it is. */
export interface Limit {
  /** Operation, or `*` for all together. `read` and `write` stand for all operations of that kind. */
  readonly operation: string
  readonly per: 'shop' | 'app'
  readonly times: number
  readonly perMs: number
}

/** The credentials a person types in, described once; the form is made from it. */
export interface CredentialField {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** Secret fields are never shown again. `obtained` fields come from authorisation, not from a form. */
  readonly kind: 'text' | 'secret' | 'obtained'
  readonly optional?: boolean
  /** Where the merchant finds it, one sentence. */
  readonly helpZh: string
}

/** What a plug-in is. */
export interface Manifest<Credentials> {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly credentials: z.ZodType<Credentials>
  readonly fields: readonly CredentialField[]
  readonly limits: readonly Limit[]
  readonly links: readonly string[]
}

/** One shape for all kinds of plug-in. The keys of `operations` are the capabilities; there is no second list. */
export interface Plug<Operations, Credentials, M extends Manifest<Credentials>> {
  readonly manifest: M
  readonly operations: Partial<Operations>
}
