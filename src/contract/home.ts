import { z } from 'zod'
import { nothing, route } from './route.ts'

const count = z.int().nonnegative()

/** 工作台: what goes wrong next, soonest first; today's figures; each shop's state; first steps while setting up. */
export const getHome = route({
  method: 'GET',
  path: '/home',
  permission: 'home.see',
  zh: '工作台',
  input: nothing,
  output: z.strictObject({
    urgent: z.array(
      z.strictObject({
        kind: z.string(),
        zh: z.string(),
        en: z.string(),
        count,
        /** When it turns bad (epoch ms), null when it already is. */
        due: z.int().nullable(),
        owner: z.string(),
        /** The page and its search that open exactly these. */
        to: z.string(),
        action: z.string(),
      }),
    ),
    today: z.array(
      z.strictObject({
        kind: z.string(),
        zh: z.string(),
        en: z.string(),
        value: count,
        lastWeek: count.nullable(),
        to: z.string(),
      }),
    ),
    shops: z.array(
      z.strictObject({
        id: z.int(),
        channel: z.string(),
        mark: z.string(),
        name: z.string(),
        state: z.string(),
        words: z.string(),
        lastSync: z.int().nullable(),
        ours: count,
        theirs: count.nullable(),
        agrees: z.boolean(),
      }),
    ),
    /** What every list names its orders' shops by, deleted ones too; for everybody. */
    shopNames: z.array(z.strictObject({ id: z.int(), channel: z.string(), mark: z.string(), name: z.string() })),
    steps: z.array(
      z.strictObject({
        kind: z.string(),
        zh: z.string(),
        why: z.string(),
        minutes: z.int(),
        done: z.boolean(),
        to: z.string(),
      }),
    ),
    /** When a shop is next asked for what is new (epoch ms); null while none is, or the person may not see shops. */
    nextSync: z.int().nullable(),
    asOf: z.int(),
  }),
})
