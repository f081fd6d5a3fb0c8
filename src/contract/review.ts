import { z } from 'zod'
import { type FindingCode, findingCodes } from '../core/review/findings.ts'
import { nothing, route } from './route.ts'

const finding = z.enum(findingCodes as [FindingCode, ...FindingCode[]])

/** The ready-made rules with what this merchant has set (审单设置). */
export const ReviewSettingsView = z.strictObject({
  autoApprove: z.boolean(),
  rules: z.array(
    z.strictObject({
      id: finding,
      zh: z.string(),
      on: z.boolean(),
      /** True for rules that keep an order from being shipped wrongly; they cannot be switched off. */
      isFirm: z.boolean(),
      settings: z.record(z.string(), z.unknown()),
    }),
  ),
})
export const getReviewSettings = route({
  method: 'GET',
  path: '/review/settings',
  permission: 'orders.read',
  zh: '审单设置',
  input: nothing,
  output: ReviewSettingsView,
})
export const changeReviewSettings = route({
  method: 'PUT',
  path: '/review/settings',
  permission: 'orders.review',
  zh: '改审单设置',
  input: z.strictObject({
    autoApprove: z.boolean().optional(),
    rules: z
      .array(z.strictObject({ id: finding, on: z.boolean(), settings: z.record(z.string(), z.unknown()).default({}) }))
      .default([]),
  }),
  output: ReviewSettingsView,
})
