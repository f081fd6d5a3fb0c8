import { type Asked, html, type Reply, redirect } from '../../aid/http.ts'
import { idArgument, type Operations, textArgument, tokenCall, wrong } from './calls/call.ts'
import { codeInvalid, refreshTokenExpired, refuse, shopNotAuthorised } from './errors.ts'
import { app, type Lives, shop, tokenData } from './tokens.ts'
import { nowOf, type World } from './world.ts'

/** The sheet names no page: path and parameters are [assumed]; `app_id` is the app's key. */
export const authorisePath = '/authorize'

/**
 * The page on which the merchant agrees: at once, and the browser goes back to `redirect_uri` with a code. `sim_consent=1` asks first,
 * `sim_refuse=1` refuses; how the platform says that is [assumed].
 */
export function authorise(world: World, asked: Asked): Reply {
  const given = (name: string) => asked.query.get(name) || undefined
  world.calls.authorize = (world.calls.authorize ?? 0) + 1
  const back = given('redirect_uri') ?? ''
  const isKnown = given('app_id') === app.key
  if (!isKnown || !URL.canParse(back)) return html(page('授权链接有误，请检查应用设置。'), 400)
  if (given('sim_consent') === '1') return html(consentPage(asked))
  const url = new URL(back)
  const state = given('state')
  if (state !== undefined) url.searchParams.set('state', state)
  if (given('sim_refuse') === '1') url.searchParams.set('error', 'access_denied')
  else url.searchParams.set('code', world.tokens.code(nowOf(world)))
  return redirect(url.href)
}

/** Source: douyin.md 2 [doc]. */
export const tokenCalls: Operations = {
  'token.create': tokenCall((call) => {
    const { tokens } = call.world
    const now = nowOf(call.world)
    const grantType = textArgument(call, 'grant_type')
    if (grantType === 'authorization_code') {
      const pair = tokens.redeem(textArgument(call, 'code'), now, livesOf(call.world))
      if (pair === null) throw refuse(codeInvalid)
      return { data: tokenData(pair, now) }
    }
    if (grantType !== 'authorization_self') return wrong('grant_type')
    const isOurs = call.params.test_shop === '1' || idArgument(call, 'shop_id') === String(shop.id)
    if (!isOurs) throw refuse(shopNotAuthorised)
    return { data: tokenData(tokens.grant(now, livesOf(call.world)), now) }
  }),
  'token.refresh': tokenCall((call) => {
    const { tokens, faults } = call.world
    const now = nowOf(call.world)
    if (textArgument(call, 'grant_type') !== 'refresh_token') return wrong('grant_type')
    const refreshToken = textArgument(call, 'refresh_token')
    const isOver = faults.strikes('expire', call.operation)
    const pair = isOver ? null : tokens.refresh(refreshToken, now, livesOf(call.world))
    if (pair === null) throw refuse(refreshTokenExpired)
    return { data: tokenData(pair, now) }
  }),
}

export function livesOf({ settings }: World): Lives {
  return { accessMs: settings.accessSeconds * 1000, refreshMs: settings.refreshSeconds * 1000 }
}

function consentPage(asked: Asked): string {
  const query = new URLSearchParams(asked.query)
  query.delete('sim_consent')
  const link = (more: string) => `${asked.path}?${query}${more}`.replaceAll('&', '&amp;')
  return page(`应用申请获取店铺「${shop.name}」的授权。
<p><a href="${link('')}">同意授权</a> <a href="${link('&sim_refuse=1')}">拒绝</a></p>`)
}

function page(content: string): string {
  return `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>抖店授权（模拟）</title><body>${content}</body></html>`
}
