import { coded, graphFault } from '../graphql/errors.ts'
import type { World } from '../world.ts'

/** Lets a field be answered only to an app that has the scope. Throws a GraphFault with ACCESS_DENIED. Source: own-site.md 3, the code [assumed]. */
export function needScope({ settings }: World, scope: string, field: string): void {
  if (!settings.withoutScopes.includes(scope)) return
  const message = `Access denied for ${field} field. Required access: \`${scope}\` access scope.`
  throw graphFault(coded('ACCESS_DENIED', message, { extensions: { requiredAccess: `\`${scope}\` access scope.` } }))
}
