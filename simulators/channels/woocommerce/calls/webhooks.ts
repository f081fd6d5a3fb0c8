import type { Webhook } from '../model.ts'
import type { Params } from '../params.ts'
import { type Answer, invalidParam, missingParam, restFault } from '../rest.ts'
import type { Shop } from '../shop.ts'
import { bothTimes } from '../text.ts'
import { type Call, cut, pageAnswer, pagingOf } from './call.ts'

/** Topics the core knows, and `action.{hook}` beside them. Source: own-site.md 2.4. */
const topic = /^(?:(?:order|product|customer|coupon)\.(?:created|updated|deleted|restored)|action\.\w+)$/

/** GET /webhooks. */
export function listWebhooks(call: Call): Answer {
  const paging = pagingOf(call)
  const status = call.params.choice('status', ['all', 'active', 'paused', 'disabled'])
  const found = [...call.shop.webhooks.values()].filter((hook) => status === 'all' || hook.status === status)
  return pageAnswer(call, paging, { rows: cut(found.toReversed(), paging).map(webhookJson), total: found.length })
}

/** GET /webhooks/{id}. */
export function getWebhook(call: Call): Answer {
  return { body: webhookJson(webhookOf(call)) }
}

/** POST /webhooks `{ name, topic, delivery_url, secret, status }`: its first delivery is a ping. */
export function createWebhook(call: Call): Answer {
  const { params, shop } = call
  const wish = { topic: params.text('topic'), deliveryUrl: params.text('delivery_url') }
  if (wish.topic === '') throw missingParam('topic')
  if (wish.deliveryUrl === '') throw missingParam('delivery_url')
  const fields = readFields(params)
  const hook = takeUp(shop, { ...wish, secret: '', name: `Webhook ${wish.topic}`, ...fields })
  if (hook.status === 'active') shop.tell({ topic: 'ping', webhookId: hook.id })
  return { status: 201, body: webhookJson(hook) }
}

/** Takes a webhook up. */
export function takeUp(
  shop: Shop,
  wish: Pick<Webhook, 'name' | 'topic' | 'deliveryUrl' | 'secret'> & Partial<Webhook>,
): Webhook {
  const at = shop.now()
  const id = shop.nextNumber('webhook')
  const hook: Webhook = { status: 'active', createdAt: at, modifiedAt: at, failures: 0, ...wish, id }
  shop.webhooks.set(id, hook)
  return hook
}

/** PUT /webhooks/{id}; `status: active` takes up one that was disabled, and its failures are forgotten. Source: own-site.md 2.4. */
export function updateWebhook(call: Call): Answer {
  const before = webhookOf(call)
  const after: Webhook = { ...before, ...readFields(call.params), modifiedAt: call.shop.now() }
  const isBack = before.status !== 'active' && after.status === 'active'
  const kept = isBack ? { ...after, failures: 0 } : after
  call.shop.webhooks.set(kept.id, kept)
  return { body: webhookJson(kept) }
}

/** DELETE /webhooks/{id}; there is no trash for webhooks, so it takes `force`. */
export function deleteWebhook(call: Call): Answer {
  const hook = webhookOf(call)
  if (!call.params.flag('force', false)) {
    throw restFault(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.')
  }
  call.shop.webhooks.delete(hook.id)
  return { body: webhookJson(hook) }
}

function webhookOf({ shop, path }: Call): Webhook {
  const hook = shop.webhooks.get(Number(path[0]))
  if (!hook) throw restFault(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.')
  return hook
}

function readFields(params: Params): Partial<Webhook> {
  const texts = { name: params.text('name'), topic: params.text('topic'), secret: params.text('secret') }
  const deliveryUrl = params.text('delivery_url')
  if (texts.topic !== '' && !topic.test(texts.topic)) {
    throw restFault(400, 'woocommerce_rest_invalid_webhook_topic', 'Webhook topic must be valid.')
  }
  if (deliveryUrl !== '' && !/^https?:\/\//.test(deliveryUrl))
    throw invalidParam('delivery_url', 'Invalid delivery URL.')
  const status = params.choice('status', ['active', 'paused', 'disabled'])
  const given = Object.entries({ ...texts, deliveryUrl }).filter(([, text]) => text !== '')
  return { ...Object.fromEntries(given), ...(params.given('status') === undefined ? {} : { status }) }
}

/** The secret is never shown. */
function webhookJson(hook: Webhook): Readonly<Record<string, unknown>> {
  const [resource, event] = hook.topic.split('.')
  return {
    id: hook.id,
    name: hook.name,
    status: hook.status,
    topic: hook.topic,
    resource,
    event,
    hooks: [],
    delivery_url: hook.deliveryUrl,
    ...bothTimes('date_created', hook.createdAt),
    ...bothTimes('date_modified', hook.modifiedAt),
  }
}
