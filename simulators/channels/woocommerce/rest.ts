/** A refusal of the REST interface: `{ code, message, data: { status } }`. Source: own-site.md 2.1 [doc W]. */
export interface RestFault extends Error {
  readonly code: string
  readonly status: number
  readonly more: Readonly<Record<string, unknown>>
}

/** Throw it from behind a call. */
export function restFault(status: number, code: string, message: string, more: RestFault['more'] = {}): RestFault {
  return Object.assign(new Error(message), { code, status, more })
}

export function isRestFault(fault: unknown): fault is RestFault {
  return fault instanceof Error && 'code' in fault && 'status' in fault && 'more' in fault
}

export function faultJson({ code, message, status, more }: RestFault): Readonly<Record<string, unknown>> {
  return { code, message, data: { status, ...more } }
}

/** What is refused for one parameter; the core's own words [assumed]. */
export function invalidParam(name: string, why: string): RestFault {
  const more = {
    params: { [name]: why },
    details: { [name]: { code: 'rest_invalid_param', message: why, data: null } },
  }
  return restFault(400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, more)
}

export function missingParam(name: string): RestFault {
  return restFault(400, 'rest_missing_callback_param', `Missing parameter(s): ${name}`, { params: [name] })
}

export function noRoute(): RestFault {
  return restFault(404, 'rest_no_route', 'No route was found matching the URL and request method.')
}

export function noOrder(): RestFault {
  return restFault(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.')
}

/** What a call answers. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}
