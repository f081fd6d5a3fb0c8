import { type Asked, html, type Reply, redirect } from '../../aid/http.ts'
import { type Operations, textArgument, tokenCall } from './calls/call.ts'
import { codeInvalid, refreshTokenExpired, refuse } from './errors.ts'
import { app, type Lives, seller, tokenData } from './tokens.ts'
import type { World } from './world.ts'

/**
 * The page on which the shop's main account agrees: at once, and the browser goes back with a code. `sim_consent=1` asks first,
 * `sim_refuse=1` refuses (how the platform says that is [assumed]), `sim_sub=1` comes as a sub-account, which may not agree.
 * Source: xiaohongshu.md 3 [doc].
 */
export function authorise(world: World, asked: Asked): Reply {
  const given = (name: string) => asked.query.get(name) ?? ''
  world.calls.authorise = (world.calls.authorise ?? 0) + 1
  const back = addressOf(given('redirectUri'))
  if (given('appId') !== app.id || back === null) return html(page('授权链接有误，请检查应用设置。'), 400)
  if (given('sim_sub') === '1') return html(page('仅店铺主账号可以授权。'), 403)
  if (given('sim_consent') === '1') return html(consentPage(asked))
  if (given('state') !== '') back.searchParams.set('state', given('state'))
  if (given('sim_refuse') === '1') back.searchParams.set('error', 'access_denied')
  else back.searchParams.set('code', world.tokens.code(world.clock.now()))
  return redirect(back.href)
}

/** Source: xiaohongshu.md 3 [doc]. */
export const tokenCalls: Operations = {
  'oauth.getAccessToken': tokenCall((call) => {
    const { tokens, clock } = call.world
    const pair = tokens.redeem(textArgument(call, 'code'), clock.now(), livesOf(call.world))
    if (pair === null) throw refuse(codeInvalid)
    return tokenData(pair)
  }),
  'oauth.refreshToken': tokenCall((call) => {
    const { tokens, clock, faults } = call.world
    const refreshToken = textArgument(call, 'refreshToken')
    const isOver = faults.strikes('expire', call.operation)
    const pair = isOver ? null : tokens.refresh(refreshToken, clock.now(), livesOf(call.world))
    if (pair === null) throw refuse(refreshTokenExpired)
    return tokenData(pair)
  }),
}

export function livesOf({ settings }: World): Lives {
  return { accessMs: settings.accessSeconds * 1000, refreshMs: settings.refreshSeconds * 1000 }
}

function addressOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function consentPage(asked: Asked): string {
  const query = new URLSearchParams(asked.query)
  query.delete('sim_consent')
  const link = (more: string) => `${asked.path}?${query}${more}`.replaceAll('&', '&amp;')
  return page(`应用申请获取店铺「${seller.name}」的授权。
<p><a href="${link('')}">同意授权</a> <a href="${link('&sim_refuse=1')}">拒绝</a></p>`)
}

function page(content: string): string {
  return `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>小红书授权（模拟）</title><body>${content}</body></html>`
}
