import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { named } from './skus.ts'
import { type KnownSku, saveFacts } from './store/imported.ts'

/** Writes SKUs as they are to stand, with what they were in the audit trail. */
export async function rewriteSkus(
  ctx: Ctx,
  pairs: readonly { readonly before: KnownSku; readonly after: KnownSku }[],
): Promise<void> {
  await saveFacts(
    ctx.db,
    pairs.map(({ after }) => after),
  )
  await audit(
    ctx,
    pairs.map(({ before, after }) => ({
      deed: 'catalogue.sku-changed',
      object: 'sku',
      objectId: after.id,
      details: { before: named(before), after: named(after) },
    })),
  )
}
