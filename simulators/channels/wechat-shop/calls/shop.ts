import { refuse } from '../errors.ts'
import { shopUserName } from '../events.ts'
import { type Branch, type Call, type Operations, reads, textOf } from './call.ts'

const shopName = '木白家居微信小店'

/** Source: wechat-shop.md 9, 10. */
export const shopCalls: Operations = {
  'basics/info/get': { ...reads(info), method: 'GET' },
  'merchant/address/list': reads(() => ({ address_id_list: addresses.map(({ address_id }) => address_id) })),
  'merchant/address/get': reads(address),
}

function info(): Branch {
  return {
    info: {
      nickname: shopName,
      headimg_url: 'https://mmecimage.cn/p/SIM_SHOP_HEAD',
      subject_type: '企业',
      status: 'open_finished',
      username: shopUserName,
    },
  }
}

/** Where goods come back to. The shape is [assumed]; the sheet names the calls alone. */
export const addresses = [
  {
    address_id: '123456',
    name: '木白家居退货组',
    address_info: {
      user_name: '退货组',
      province_name: '浙江省',
      city_name: '杭州市',
      county_name: '余杭区',
      detail_info: '仓前街道虚构路8号2号仓',
      tel_number: '13800000008',
    },
    default_recv: true,
  },
] as const

const addressUnknown = 10021062

function address({ body }: Call): Branch {
  const found = addresses.find(({ address_id }) => address_id === textOf(body, 'address_id'))
  if (found === undefined) throw refuse(addressUnknown)
  return { address_detail: found }
}
