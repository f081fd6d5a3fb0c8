import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { rotate } from './embedded-log.ts'

test('a log that grew too large is put aside and cut; four old ones stay', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-log-'))
  const log = path.join(folder, 'postgres.log')
  for (let round = 1; round <= 6; round += 1) {
    await writeFile(log, `${round}`.repeat(5_000_000))
    await rotate(log)
    expect((await stat(log)).size).toBe(0)
  }
  expect((await readdir(folder)).sort()).toEqual(['postgres.log', ...[1, 2, 3, 4].map((n) => `postgres.log.${n}`)])
  expect((await readFile(`${log}.1`, 'utf8')).startsWith('6')).toBe(true)
  expect((await readFile(`${log}.4`, 'utf8')).startsWith('3')).toBe(true)

  await writeFile(log, 'small')
  await rotate(log)
  expect(await readFile(log, 'utf8')).toBe('small')
  await rm(folder, { recursive: true })
})
