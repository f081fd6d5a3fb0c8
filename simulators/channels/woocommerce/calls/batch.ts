import { type Answer, faultJson, invalidParam, isRestFault, noRoute, restFault } from '../rest.ts'
import type { Call } from './call.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a batch may do with one thing; what is not given is refused for each element. */
export interface Deeds {
  readonly update?: (id: number, fields: Fields) => unknown
  readonly delete?: (id: number) => unknown
}

/** Objects in one batch, in all. Source: own-site.md 2.1 [doc W]. */
const batchMax = 100

/**
 * `{ create, update, delete }`, each element for itself: one that fails carries its error while the batch answers 200.
 * Source: own-site.md 2.3, the shape of an element's error is [assumed].
 */
export function batch({ params }: Call, deeds: Deeds): Answer {
  const [create, update, drop] = ['create', 'update', 'delete'].map((name) => arrayOf(name, params.given(name)))
  if (create!.length + update!.length + drop!.length > batchMax) {
    const message = `Unable to accept more than ${batchMax} items for this request.`
    throw restFault(413, 'woocommerce_rest_request_entity_too_large', message)
  }
  const refused = () => {
    throw noRoute()
  }
  const answers = {
    create: create!.map(() => attempt(0, refused)),
    update: update!.map((element) => {
      const fields = Object(element) as Fields
      const id = Number(fields['id'])
      return attempt(id, () => (deeds.update ?? refused)(id, fields))
    }),
    delete: drop!.map((element) => attempt(Number(element), () => (deeds.delete ?? refused)(Number(element)))),
  }
  return { body: Object.fromEntries(Object.entries(answers).filter(([, rows]) => rows.length > 0)) }
}

function arrayOf(name: string, given: unknown): readonly unknown[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw invalidParam(name, `${name} is not of type array.`)
  return given
}

function attempt(id: number, deed: () => unknown): unknown {
  try {
    return deed()
  } catch (fault) {
    if (!isRestFault(fault)) throw fault
    return { id, error: faultJson(fault) }
  }
}
