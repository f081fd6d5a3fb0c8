import { type Asked, html, jsonText, type Reply, redirect } from '../../aid/http.ts'
import { breakAfter, breakBefore } from './breakage.ts'
import { type Branch, toJson } from './text.ts'
import { app, type Grant, seller } from './tokens.ts'
import { countRefusal, newGrant, refreshGrant, type World } from './world.ts'

/**
 * `GET /oauth2/to_login`: the seller agrees at once and the browser goes back with a code. With `sim_consent=1` a page asks first,
 * with `sim_refuse=1` the seller refuses; how JD tells of that is [assumed]. Source: jd.md 2 [doc].
 */
export function login(world: World, { query }: Asked): Reply {
  const given = (name: string) => query.get(name) ?? ''
  world.calls.to_login = (world.calls.to_login ?? 0) + 1
  const back = URL.canParse(given('redirect_uri')) ? new URL(given('redirect_uri')) : null
  const isRight = given('app_key') === app.key && given('response_type') === 'code' && given('scope') === 'snsapi_base'
  if (back === null || !isRight) return html(page('授权链接有误，请检查应用设置。'), 400)
  if (given('sim_consent') === '1') return html(consentPage(query))
  if (given('state') !== '') back.searchParams.set('state', given('state'))
  if (given('sim_refuse') === '1') {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'authorize reject')
    return redirect(back.href)
  }
  back.searchParams.set('code', world.tokens.code(world.clock.now()))
  return redirect(back.href)
}

export type TokenCall = 'access_token' | 'refresh_token'

/** `GET /oauth2/access_token` and `/oauth2/refresh_token`. A refusal is HTTP 200 with a code above 0; its numbers are [assumed]. */
export function token(world: World, name: TokenCall, { query }: Asked): Reply {
  world.calls[name] = (world.calls[name] ?? 0) + 1
  const struck = { operation: name, isWrite: true }
  const before = breakBefore(world, struck)
  if (before?.kind === 'reply') return before.reply
  if (before !== null) return html('<h1>503 Service Unavailable</h1>', 503)
  const grant = grantFor(world, name, query)
  if ('code' in grant) countRefusal(world, String(grant.code))
  const text = toJson('code' in grant ? { ...grant } : tokenTree(world, grant))
  return breakAfter(world, struck, text) ?? jsonText(text)
}

interface OAuthError {
  readonly code: number
  readonly msg: string
}

/** Source of the first: fixtures/jd/oauth_error.json. */
const codeExpired: OAuthError = { code: 10_000_400, msg: 'code is invalid or expired' }
const refreshExpired: OAuthError = { code: 10_000_401, msg: 'refresh_token is invalid or expired' }
const appInvalid: OAuthError = { code: 10_000_402, msg: 'app_key or app_secret is invalid' }
const grantTypeInvalid: OAuthError = { code: 10_000_403, msg: 'grant_type is invalid' }

function grantFor(world: World, name: TokenCall, query: URLSearchParams): Grant | OAuthError {
  const given = (field: string) => query.get(field) ?? ''
  if (given('app_key') !== app.key || given('app_secret') !== app.secret) return appInvalid
  if (given('grant_type') !== (name === 'access_token' ? 'authorization_code' : 'refresh_token'))
    return grantTypeInvalid
  if (name === 'refresh_token') return refreshGrant(world, given('refresh_token')) ?? refreshExpired
  return world.tokens.takeCode(given('code'), world.clock.now()) ? newGrant(world) : codeExpired
}

/** `time` is a number or text. Source: jd.md 2, fixtures/jd/oauth_access_token.json. */
function tokenTree({ dice, settings }: World, grant: Grant): Branch {
  return {
    access_token: grant.accessToken,
    expires_in: Math.round((grant.expiresAt - grant.issuedAt) / 1000),
    refresh_token: grant.refreshToken ?? '',
    scope: 'snsapi_base',
    open_id: seller.openId,
    uid: seller.uid,
    time: dice.happens(settings.textFlagShare) ? String(grant.issuedAt) : grant.issuedAt,
    token_type: 'bearer',
    code: 0,
    xid: seller.xid,
  }
}

function consentPage(query: URLSearchParams): string {
  const link = (extra: string) => {
    const next = new URLSearchParams(query)
    next.delete('sim_consent')
    return `/oauth2/to_login?${next}${extra}`.replaceAll('&', '&amp;')
  }
  return page(
    `店铺“${seller.name}”将授权应用读取订单、写入发货与库存。</p>` +
      `<p><a class="yes" href="${link('')}">授权并登录</a> <a href="${link('&sim_refuse=1')}">拒绝</a>`,
  )
}

function page(words: string): string {
  return (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>京东宙斯（模拟）授权</title><style>' +
    'body{font:16px/1.6 sans-serif;max-width:28em;margin:15vh auto;padding:0 1em}a{padding:.5em 1em;color:#333}' +
    'a.yes{background:#e1251b;color:#fff;border-radius:4px;text-decoration:none}</style></head>' +
    `<body><h1>京东开放平台（模拟）</h1><p>${words}</p></body></html>`
  )
}
