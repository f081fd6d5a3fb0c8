import type { Controls } from '../../aid/control.ts'
import type { About, Simulator, SimulatorOptions } from '../../simulator.ts'
import { controlsOf, type Site, startAs, tokenFor } from '../wechat-shop/index.ts'
import { aboutMiniProgram } from '../wechat-shop/mini-program/control.ts'
import { act } from './acts.ts'
import { newMall, placeOrders } from './mall.ts'
import { shipmentsOf, truthOf } from './truth.ts'

/** Starts the simulated platform as a mini-program meets it: buyers pay in the mall, and WeChat watches over what is shipped. */
export function start(options: SimulatorOptions = {}): Promise<Simulator> {
  return startAs(options, mallControls)
}

function mallControls(site: Site): Controls {
  const usual = controlsOf(site)
  const mall = newMall()
  const about = (): About => ({
    channel: 'wechat-mall',
    zh: '小程序发货报送',
    address: site.address,
    credentials: credentialsOf(site),
  })
  return {
    ...usual,
    about,
    buy: (purchase) => ({
      orders: placeOrders(site.world, mall, purchase).map((order) => truthOf(order)),
    }),
    act: (deed) => ({ changed: act(site.world, mall, deed) }),
    orders: (since) =>
      [...mall.orders.values()].map((order) => truthOf(order)).filter(({ modifiedAt }) => modifiedAt >= since),
    shipments: () => shipmentsOf(mall),
    authorise: (wish) => ({ credentials: { ...credentialsOf(site), accessToken: tokenFor(site.world, wish, 1) } }),
    reset: (seed) => {
      usual.reset(seed)
      mall.orders.clear()
    },
  }
}

const senderPhone = '13800000199'

function credentialsOf(site: Site): About['credentials'] {
  const { appId, appSecret, merchantId } = aboutMiniProgram(site.world)
  return { appId, appSecret, merchantId, senderPhone }
}
