import { expect, test } from 'vitest'
import { Failure } from '../../core/failures.ts'
import { readFileTrouble, readRefusal } from './embedded-failure.ts'

test.each([
  { code: 'DISK_FULL', says: 'FATAL:  could not write lock file "postmaster.pid": No space left on device' },
  { code: 'FILE_FORBIDDEN', says: 'FATAL:  could not open directory "/shop/data/postgres": Permission denied' },
  {
    code: 'DATABASE_PLATFORM_ABSENT',
    says: 'initdb: error while loading shared libraries: libicui18n.so.60: cannot open shared object file: No such file',
  },
  { code: 'DATABASE_PLATFORM_ABSENT', says: 'error while starting: cannot execute: Error: spawn postgres ENOENT' },
  {
    code: 'DATABASE_ADDRESS_TAKEN',
    says: 'LOG:  could not bind Unix address "./.s.PGSQL.5432": Address already in use\nFATAL:  could not create any Unix-domain sockets',
  },
  { code: 'DATABASE_DAMAGED', says: 'PANIC:  could not locate a valid checkpoint record at 0/1764088' },
  { code: 'DATABASE_START_FAILED', says: 'FATAL:  could not map anonymous shared memory: Cannot allocate memory' },
  { code: 'DATABASE_START_FAILED', says: '' },
])('$says is $code', ({ code, says }) => {
  expect(readRefusal(says, '/shop/data/postgres', '/shop/data/postgres.log').code).toBe(code)
})

test('the reason is the gravest line, without its head', () => {
  const words =
    '2026-11-22 08:00:00.000 UTC [7] LOG:  starting\n2026-11-22 08:00:00.001 UTC [7] FATAL:  sorry, too cold\nHINT:  warm up'
  expect(readRefusal(words, '/a', '/a.log').details).toEqual({ reason: 'sorry, too cold', log: '/a.log' })
})

test('what is not of the file system is passed on as it is', () => {
  const mistake = new TypeError('a mistake')
  expect(readFileTrouble(mistake, '/a')).toBe(mistake)
  const known = new Failure('DISK_FULL', { path: '/a' })
  expect(readFileTrouble(known, '/a')).toBe(known)
})

test('last words of a killed server’s sessions are not taken for the new server’s', () => {
  const words =
    'FATAL:  pre-existing shared memory block (key 7, ID 3) is still in use\nFATAL:  terminating connection due to unexpected postmaster exit'
  const { details } = readRefusal(words, '/shop/data/postgres', '/shop/data/postgres.log')
  expect(details.reason).toMatch(/^pre-existing shared memory/)
})
