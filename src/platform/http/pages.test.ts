import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HttpBed, httpBed } from '../../../test/aid/http.ts'

let bed: HttpBed
let built: HttpBed
let folder: string
const script = `console.log("${'页面'.repeat(2_000)}")`
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'web-'))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), '<title>desk</title>')
  await writeFile(path.join(folder, 'm.html'), '<title>phone</title>')
  await writeFile(path.join(folder, 'favicon.svg'), '<svg/>')
  await writeFile(path.join(folder, 'assets', 'main-abc123.js'), script)
  await writeFile(path.join(folder, 'assets', 'ready-abc123.js'), script)
  await writeFile(path.join(folder, 'assets', 'ready-abc123.js.br'), brotliCompressSync(`/* made beforehand */`))
  bed = await httpBed({ seed: true })
  built = await httpBed({ bed, webFolder: folder })
})
afterAll(async () => {
  await built.http.close()
  await bed.close()
  await rm(folder, { recursive: true })
})

const get = (address: string, headers: Record<string, string> = {}) =>
  built.call('GET', `/${address}`, undefined, headers)

describe('the page', () => {
  test.each([
    ['/', 'desk'],
    ['/orders', 'desk'],
    ['/orders/T00000001?tab=history', 'desk'],
    ['/markets', 'desk'],
    ['/m', 'phone'],
    ['/m/check?code=1', 'phone'],
  ])('%s is the %s entry, asked for anew each time', async (address, entry) => {
    const { status, text, headers } = await get(address)
    expect(status).toBe(200)
    expect(text).toBe(`<title>${entry}</title>`)
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    expect(headers['content-security-policy']).toContain("script-src 'self'")
  })

  test('its hashed files are kept for ever, others are asked for anew', async () => {
    expect((await get('/assets/main-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  test.each(['br', 'gzip'])('is sent compressed (%s) to whoever takes it', async (encoding) => {
    const { headers } = await get('/assets/main-abc123.js', { 'accept-encoding': encoding })
    expect(headers['content-encoding']).toBe(encoding)
  })

  test('a file compressed beforehand is taken as it is', async () => {
    const { rawPayload, headers } = await built.http.inject({
      url: '/assets/ready-abc123.js',
      headers: { 'accept-encoding': 'br' },
    })
    expect(headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(rawPayload).toString()).toBe('/* made beforehand */')
  })

  test.each([
    '/assets/old-999.js',
    '/logo.png',
    '/api/v1/nothing',
    '/hooks/x',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
  ])('%s is not the page', async (address) => {
    const { status, text } = await get(address)
    expect([400, 403, 404]).toContain(status)
    expect(text).not.toMatch(/<title>|"name": "tongdan"/)
  })

  test('that is not built says so', async () => {
    const { status, text } = await bed.call('GET', '//orders')
    expect(status).toBe(503)
    expect(text).toContain('npm run build')
  })
})

describe('the API page', () => {
  test('shows the document of this program without a script from elsewhere', async () => {
    const { status, text } = await get('/api')
    expect(status).toBe(200)
    expect(text).toContain('统单接口 Tongdan API')
    expect(text).not.toMatch(/<script(?![^>]*src=)/)
    expect(text).not.toMatch(/https?:\/\//)
    const start = /src="([^"]*swagger-initializer\.js)"/.exec(text)?.[1] ?? ''
    expect((await get(new URL(start, 'http://x/api').pathname)).text).toContain('/api/openapi.json')
    expect((await get('/api/openapi.json')).json).toMatchObject({ openapi: '3.1.1', tags: [{ name: 'security' }] })
  })
})
