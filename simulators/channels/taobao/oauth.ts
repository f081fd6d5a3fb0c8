import { readForm } from '../../aid/form.ts'
import { type Asked, html, json, jsonText, type Reply, redirect } from '../../aid/http.ts'
import { breakAfter, breakBefore } from './breakage.ts'
import { app, seller, tokenObject } from './tokens.ts'
import { newGrant, refreshGrant, type World } from './world.ts'

/**
 * `GET /authorize`: the seller agrees at once and the browser goes back with a code. With `sim_consent=1` a page asks first, with
 * `sim_refuse=1` the seller refuses. Source: taobao.md 2 [doc].
 */
export function authorise(world: World, asked: Asked): Reply {
  const given = (name: string) => asked.query.get(name) ?? ''
  world.calls.authorize = (world.calls.authorize ?? 0) + 1
  const back = addressOf(given('redirect_uri'))
  if (given('client_id') !== app.key || back === null || given('response_type') !== 'code')
    return html(page('授权链接有误，请检查应用设置。'), 400)
  if (given('sim_consent') === '1') return html(consentPage(asked))
  if (given('state') !== '') back.searchParams.set('state', given('state'))
  if (given('sim_refuse') === '1') {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'authorize reject')
    return redirect(back.href)
  }
  back.searchParams.set('code', world.tokens.code(given('redirect_uri'), world.clock.now()))
  return redirect(back.href)
}

/** `POST /token`: a code or a refresh token for a token object. The shape and status of a refusal are [assumed]. */
export function token(world: World, asked: Asked): Reply {
  const { fields } = readForm(asked)
  world.calls.token = (world.calls.token ?? 0) + 1
  const before = breakBefore(world, 'token', true)
  if (before?.kind === 'reply') return before.reply
  if (before?.kind === 'error') return html('<h1>503 Service Unavailable</h1>', 503)
  const grant = grantFor(world, fields)
  if (typeof grant === 'string') {
    world.refused[grant] = (world.refused[grant] ?? 0) + 1
    return json({ error: grant, error_description: refusals[grant] }, 400)
  }
  const text = JSON.stringify(tokenObject(grant, world.clock.now()))
  const after = breakAfter(world, { operation: 'token', isWrite: true }, text)
  return after === 'timeout' ? { kind: 'cut' } : (after ?? jsonText(text))
}

const refusals = {
  invalid_client: 'client_id或client_secret错误',
  invalid_grant: '授权码或refresh_token无效',
  unsupported_grant_type: '不支持的grant_type',
} as const

function grantFor(
  world: World,
  fields: ReadonlyMap<string, string>,
): ReturnType<typeof newGrant> | keyof typeof refusals {
  const given = (name: string) => fields.get(name) ?? ''
  if (given('client_id') !== app.key || given('client_secret') !== app.secret) return 'invalid_client'
  switch (given('grant_type')) {
    case 'authorization_code':
      return world.tokens.takeCode(given('code'), given('redirect_uri'), world.clock.now())
        ? newGrant(world)
        : 'invalid_grant'
    case 'refresh_token':
      return refreshGrant(world, given('refresh_token')) ?? 'invalid_grant'
    default:
      return 'unsupported_grant_type'
  }
}

function addressOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function consentPage(asked: Asked): string {
  const link = (extra: string) => {
    const query = new URLSearchParams(asked.query)
    query.delete('sim_consent')
    return `/authorize?${query}${extra}`.replaceAll('&', '&amp;')
  }
  return page(
    `店铺“${seller.nick}”将授权应用读取订单、写入发货与库存。</p>` +
      `<p><a class="yes" href="${link('')}">授权并登录</a> <a href="${link('&sim_refuse=1')}">拒绝</a>`,
  )
}

function page(words: string): string {
  return (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>淘宝开放平台（模拟）授权</title><style>' +
    'body{font:16px/1.6 sans-serif;max-width:28em;margin:15vh auto;padding:0 1em}a{padding:.5em 1em;color:#333}' +
    'a.yes{background:#f40;color:#fff;border-radius:4px;text-decoration:none}</style></head>' +
    `<body><h1>淘宝开放平台（模拟）</h1><p>${words}</p></body></html>`
  )
}
