import { z } from 'zod'
import { type SetUpAnswers, SetUpAnswers as SetUpAnswersShape } from '../../../contract/security.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Company = z.strictObject({ name: z.string(), answers: SetUpAnswersShape.nullable() })
export type Company = z.output<typeof Company>

/** Null until set-up is done. */
export const findCompany = (db: Db) => db.maybe(Company, sql`select name, answers from security.company`)

/** False when there is a company already: of two at once the second waits for the first and then finds it. */
export async function insertCompany(
  db: Db,
  company: { readonly name: string; readonly answers: SetUpAnswers | null; readonly at: Instant },
): Promise<boolean> {
  const inserted = await db.run(sql`
    insert into security.company (name, answers, set_up_at)
    values (${company.name}, ${company.answers === null ? null : JSON.stringify(company.answers)}::jsonb, ${isoText(company.at)})
        on conflict do nothing`)
  return inserted === 1
}

export const renameCompany = (db: Db, name: string) => db.run(sql`update security.company set name = ${name}`)
