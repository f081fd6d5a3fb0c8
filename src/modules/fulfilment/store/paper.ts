import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Company = z.object({ name: z.string() })

/** The company's name, for the sender; empty before set-up. */
export const findCompany = async (db: Db): Promise<string> =>
  (await db.maybe(Company, sql`select name from security.company`))?.name ?? ''
