import { douyin } from './channels/douyin/index.ts'
import { generic } from './channels/generic/index.ts'
import { jd } from './channels/jd/index.ts'
import { medusa } from './channels/medusa/index.ts'
import { pinduoduo } from './channels/pinduoduo/index.ts'
import { shopify } from './channels/shopify/index.ts'
import { taobao } from './channels/taobao/index.ts'
import { vendure } from './channels/vendure/index.ts'
import { wechatMall } from './channels/wechat-mall/index.ts'
import { wechatShop } from './channels/wechat-shop/index.ts'
import { woocommerce } from './channels/woocommerce/index.ts'
import { xiaohongshu } from './channels/xiaohongshu/index.ts'

/** Every channel the product knows (渠道), one line each. Nothing else names one. To whoever asks they are `readonly AnyChannel[]`. */
export const channels = [
  taobao,
  wechatShop,
  xiaohongshu,
  generic,
  jd,
  woocommerce,
  shopify,
  douyin,
  pinduoduo,
  vendure,
  medusa,
  wechatMall,
]
