import { type Asked, html, type Reply, redirect } from '../../aid/http.ts'
import { app, mall } from './tokens.ts'
import type { World } from './world.ts'

/**
 * `GET /open.html`: the merchant agrees at once and the browser goes back with a code. With `sim_consent=1` a page asks first, with
 * `sim_refuse=1` the merchant refuses; how the platform tells of that is [assumed]. Source: pinduoduo.md 2 [doc].
 */
export function authorisePage(world: World, { query }: Asked): Reply {
  const given = (name: string) => query.get(name) ?? ''
  world.calls['open.html'] = (world.calls['open.html'] ?? 0) + 1
  const back = URL.canParse(given('redirect_uri')) ? new URL(given('redirect_uri')) : null
  if (back === null || given('client_id') !== app.id || given('response_type') !== 'code')
    return html(page('授权链接有误，请检查应用设置。'), 400)
  if (given('sim_consent') === '1') return html(consentPage(query))
  if (given('state') !== '') back.searchParams.set('state', given('state'))
  if (given('sim_refuse') === '1') back.searchParams.set('error', 'access_denied')
  else back.searchParams.set('code', world.tokens.code(world.clock.now()))
  return redirect(back.href)
}

function consentPage(query: URLSearchParams): string {
  const link = (extra: string) => {
    const next = new URLSearchParams(query)
    next.delete('sim_consent')
    return `/open.html?${next}${extra}`.replaceAll('&', '&amp;')
  }
  return page(
    `店铺“${mall.ownerName}”将授权应用读取订单、写入发货与库存。</p>` +
      `<p><a class="yes" href="${link('')}">授权并登录</a> <a href="${link('&sim_refuse=1')}">拒绝</a>`,
  )
}

function page(words: string): string {
  return (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>拼多多（模拟）授权</title><style>' +
    'body{font:16px/1.6 sans-serif;max-width:28em;margin:15vh auto;padding:0 1em}a{padding:.5em 1em;color:#333}' +
    'a.yes{background:#e02e24;color:#fff;border-radius:4px;text-decoration:none}</style></head>' +
    `<body><h1>拼多多开放平台（模拟）</h1><p>${words}</p></body></html>`
  )
}
