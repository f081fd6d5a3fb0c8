import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './database.ts'

const databases: TestDatabase[] = []

afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop()
})

async function ask(config: string | pg.ClientConfig, statement: string): Promise<unknown[]> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return (await client.query<{ value: unknown }>(statement)).rows.map(({ value }) => value)
  } finally {
    await client.end()
  }
}

test('each test has a migrated database that no other test sees', async () => {
  databases.push(...(await Promise.all([testDatabase(), testDatabase()])))
  const [first, second] = databases
  await ask(first?.connection ?? {}, 'create table only_here as select 1 as value')
  expect(await ask(first?.url ?? '', 'select value from only_here')).toEqual([1])
  await expect(ask(second?.url ?? '', 'select value from only_here')).rejects.toThrow('does not exist')
  expect(await ask(second?.url ?? '', 'select count(*) > 0 as value from platform.migration')).toEqual([true])
})

test('a dropped database is gone, open sessions or not', async () => {
  const database = await testDatabase()
  const lingering = new pg.Client(database.connection)
  lingering.on('error', () => undefined)
  await lingering.connect()
  await database.drop()
  await expect(ask(database.url, 'select 1 as value')).rejects.toThrow('does not exist')
})
