import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { Failure } from '../core/failures.ts'
import { readConfig } from './config.ts'

describe('settings', () => {
  test('have a plain answer when left out or empty', () => {
    const plain = {
      port: 4180,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      databaseUrl: null,
      masterKey: null,
      masterKeyFile: path.resolve('data/master.key'),
      publicUrl: 'http://127.0.0.1:4180',
      extensionsDir: null,
      logLevel: 'info',
    }
    expect(readConfig({})).toEqual(plain)
    expect(readConfig({ PORT: '', HOST: '  ', PUBLIC_URL: undefined, PATH: '/bin' })).toEqual(plain)
  })

  test('are taken as given', () => {
    expect(
      readConfig({
        PORT: '8080',
        HOST: '0.0.0.0',
        DATA_DIR: '/srv/tongdan',
        DATABASE_URL: 'postgresql://t:p@db:5432/tongdan',
        PUBLIC_URL: 'https://oms.example.com/',
        LOG_LEVEL: 'warn',
      }),
    ).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      dataDir: '/srv/tongdan',
      databaseUrl: 'postgresql://t:p@db:5432/tongdan',
      publicUrl: 'https://oms.example.com',
      extensionsDir: null,
      logLevel: 'warn',
    })
    expect(readConfig({ HOST: '0.0.0.0', PORT: '9' }).publicUrl).toBe('http://127.0.0.1:9')
    expect(readConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:4180')
  })

  test.each([
    { PORT: 'abc' },
    { PORT: '70000' },
    { PORT: '-1' },
    { HOST: 'a b' },
    { DATABASE_URL: 'mysql://secret-word@host/db' },
    { TONGDAN_MASTER_KEY: 'secret-word' },
    { PUBLIC_URL: 'oms.example.com' },
    { PUBLIC_URL: 'https://oms.example.com/?a=1' },
    { LOG_LEVEL: 'loud' },
  ])('one that cannot be is named in a sentence, without its value: %o', (environment) => {
    const name = Object.keys(environment)[0] ?? ''
    const failure = mistakeOf(environment)
    expect(failure.code).toBe('SETTING_INVALID')
    expect(String(failure.details.problems).startsWith(name)).toBe(true)
    expect(JSON.stringify(failure.details)).not.toContain('secret-word')
  })

  test('that are wrong together are told together', () => {
    const { details } = mistakeOf({ PORT: 'x', LOG_LEVEL: 'y' })
    expect(details).toEqual({
      problems: 'PORT 应为 0 到 65535 的整数；LOG_LEVEL 只能是 debug、info、warn、error',
      problemsEn: 'PORT must be a whole number from 0 to 65535; LOG_LEVEL must be one of debug, info, warn, error',
    })
  })
})

function mistakeOf(environment: Record<string, string>): Failure {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('no mistake was found')
}
