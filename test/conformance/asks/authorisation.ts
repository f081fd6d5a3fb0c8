import { describe, expect } from 'vitest'
import { aidFor } from '../channel-aid.ts'
import { authorise, type Rig, type Shop } from '../rig.ts'
import { pullPages, type Stage } from '../stage.ts'

const minute = 60_000
const needs = ['auth.start', 'auth.finish'] as const
const pullOnce = (rig: Rig, shop: Shop) => pullPages(rig, shop, { from: rig.now() - minute, to: rig.now() })

/** A shop before anybody authorised it. */
async function bareShop(rig: Rig): Promise<Shop> {
  return { ...(await rig.shop()), credentials: rig.plug.manifest.credentials.parse(rig.typedIn) }
}

export function asksAboutAuthorisation(stage: Stage): void {
  describe('an authorisation', () => {
    asksAboutBeginning(stage)
    asksAboutEnding(stage)
  })
  stage.asks('the shop says its number and name', ['shop.describe'], async (rig) => {
    const said = await rig.does('shop.describe')(await rig.shop())
    expect(said).toEqual({ channelShopNo: expect.stringMatching(/./), name: expect.stringMatching(/./) })
  })
}

function asksAboutBeginning({ plug, asks }: Stage): void {
  asks('by the merchant gives a shop that can be asked', [...needs, 'shop.describe'], async (rig) => {
    const bare = await bareShop(rig)
    const authorised = await authorise(plug, bare)
    expect(plug.manifest.credentials.parse(authorised.credentials)).toEqual(authorised.credentials)
    expect(authorised.credentials).toMatchObject(bare.credentials)
    expect(authorised.expiresAt).toBeGreaterThan(rig.now())
    const shop = { ...bare, credentials: authorised.credentials }
    expect(await rig.does('shop.describe')(shop)).toEqual({
      channelShopNo: authorised.channelShopNo,
      name: authorised.shopName,
    })
  })

  asks('that nobody gave stops every call before it is sent', ['auth.start', 'orders.pull'], async (rig) => {
    const bare = await bareShop(rig)
    const before = await rig.controls.counts()
    expect(await rig.refusal(() => pullOnce(rig, bare))).toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
    expect((await rig.controls.counts()).refused).toEqual(before.refused)
  })

  asks('that the merchant declines is refused', needs, async (rig) => {
    const bare = await bareShop(rig)
    const query = { error: 'access_denied', error_description: 'authorize reject', state: 'one-state' }
    const finish = () => rig.does('auth.finish')(bare, { redirectUri: 'https://erp.example/authorised', query })
    expect(await rig.refusal(finish)).toMatchObject({ code: 'CHANNEL_REFUSED' })
  })

  asks('uses its code once, or to the same end while it lives', needs, async (rig) => {
    const bare = await bareShop(rig)
    const { codeLivesMs } = await aidFor(plug.manifest.id)
    const redirectUri = 'https://erp.example/authorised'
    const { url } = await rig.does('auth.start')(bare, { redirectUri, state: 'one-state' })
    const page = await fetch(url, { redirect: 'manual' })
    const query = Object.fromEntries(new URL(page.headers.get('location')!).searchParams)
    expect(query.state).toBe('one-state')
    const finish = () => rig.does('auth.finish')(bare, { redirectUri, query })
    const first = await finish()
    if (codeLivesMs !== undefined) {
      expect(await finish()).toEqual(first)
      await rig.pass(codeLivesMs)
    }
    expect(['CHANNEL_REFUSED', 'CHANNEL_NOT_AUTHORISED']).toContain((await rig.refusal(finish)).code)
  })
}

function asksAboutEnding({ plug, asks }: Stage): void {
  asks('is renewed before it ends', [...needs, 'auth.refresh', 'orders.pull'], async (rig) => {
    const bare = await bareShop(rig)
    const first = await authorise(plug, bare)
    await rig.pass(minute)
    const renew = () => rig.does('auth.refresh')({ ...bare, credentials: first.credentials })
    const { renewsWithinMs } = await aidFor(plug.manifest.id)
    if (renewsWithinMs !== undefined) {
      expect(await renew()).toEqual(first)
      await rig.pass(first.expiresAt! - renewsWithinMs - rig.now())
    }
    const renewed = await renew()
    expect(renewed.expiresAt).toBeGreaterThan(first.expiresAt!)
    expect(renewed.channelShopNo).toBe(first.channelShopNo)
    expect(renewed.credentials).not.toEqual(first.credentials)
    await pullOnce(rig, { ...bare, credentials: renewed.credentials })
  })

  asks(
    'that has ended stops the shop, and cannot be renewed for ever',
    [...needs, 'auth.refresh', 'orders.pull'],
    async (rig) => {
      const bare = await bareShop(rig)
      const { credentials, expiresAt, refreshableUntil } = await authorise(plug, bare)
      const shop = { ...bare, credentials }
      await pullOnce(rig, shop)
      await rig.pass(Math.max(expiresAt!, refreshableUntil ?? 0) - rig.now() + minute)
      const ended = { code: 'CHANNEL_NOT_AUTHORISED', retry: 'after-authorising' }
      expect(await rig.refusal(() => pullOnce(rig, shop))).toMatchObject(ended)
      expect(await rig.refusal(() => rig.does('auth.refresh')(shop))).toMatchObject(ended)
    },
  )
}
