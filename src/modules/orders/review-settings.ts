import { z } from 'zod'
import type { changeReviewSettings, ReviewSettingsView } from '../../contract/review.ts'
import { Failure } from '../../core/failures.ts'
import { neverOverruled, ReviewSettings } from '../../core/review/evaluate.ts'
import type { FindingCode } from '../../core/review/findings.ts'
import { rules } from '../../core/review/rules/index.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { loadReviewSettings, reviewSettingName } from './desk.ts'
import { saveSetting } from './store/read.ts'

type View = z.input<typeof ReviewSettingsView>
const Fields = z.record(z.string(), z.unknown())

/** The ready-made rules with what this merchant has set (审单设置). */
export async function readReviewSettings(ctx: Ctx): Promise<View> {
  const settings = await loadReviewSettings(ctx)
  return {
    autoApprove: settings.autoApprove,
    rules: rules.map((rule) => ({
      id: rule.id,
      zh: rule.zh,
      isFirm: (neverOverruled as readonly FindingCode[]).includes(rule.id),
      on: settings.rules[rule.id]?.on ?? true,
      settings: Fields.parse(rule.settings.parse(settings.rules[rule.id]?.settings ?? {})),
    })),
  }
}

/** Sets rules; orders seen from now on are judged by them. Throws INPUT_INVALID naming the rule's field. */
export async function writeReviewSettings(ctx: Ctx, asked: z.output<typeof changeReviewSettings.input>): Promise<View> {
  return ctx.tx(async (inner) => {
    const before = await loadReviewSettings(inner)
    const chosen = Object.fromEntries(
      asked.rules.map((rule) => [rule.id, { on: rule.on, settings: parsed(rule.id, rule.settings) }]),
    )
    const after = ReviewSettings.parse({
      autoApprove: asked.autoApprove ?? before.autoApprove,
      rules: { ...before.rules, ...chosen },
    })
    await saveSetting(inner.db, reviewSettingName, after)
    await audit(inner, {
      deed: 'orders.review-settings-changed',
      object: 'setting',
      objectId: reviewSettingName,
      details: { rules: asked.rules.map((rule) => rule.id).join(), autoApprove: after.autoApprove },
    })
    return readReviewSettings(inner)
  })
}

function parsed(id: FindingCode, settings: unknown): unknown {
  const read = rules.find((rule) => rule.id === id)?.settings.safeParse(settings)
  if (!read) throw new Failure('INPUT_INVALID', { field: id, problem: '没有这条规则' })
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', {
      field: `${id}.${issue?.path.join('.') ?? ''}`,
      problem: issue?.message ?? '不对',
    })
  }
  return read.data
}
