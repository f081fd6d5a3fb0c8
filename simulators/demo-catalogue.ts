import type { ListingSeed } from './simulator.ts'

/** A good of the invented home-goods brand 木白家居, ready to be seeded as a listing in any simulator. */
export interface DemoGood extends ListingSeed {
  /** Pieces the brand usually has at hand; the quantity a fresh shop offers. */
  readonly usualStock: number
}

interface DemoProduct {
  readonly product: string
  readonly title: string
  readonly options: readonly (readonly [merchantCode: string, specification: string, priceFen: number, stock: number])[]
}

export const demoBrand = '木白家居'

const products: readonly DemoProduct[] = [
  {
    product: '马克杯',
    title: '木白家居 手作粗陶马克杯 350ml',
    options: [
      ['MB-1001', '颜色:米白', 4900, 180],
      ['MB-1002', '颜色:雾灰', 4900, 150],
      ['MB-1003', '颜色:苔绿', 5200, 90],
    ],
  },
  {
    product: '抱枕套',
    title: '木白家居 水洗棉麻抱枕套',
    options: [
      ['MB-2001', '颜色:燕麦;尺寸:45×45cm', 3900, 240],
      ['MB-2002', '颜色:焦糖;尺寸:45×45cm', 3900, 160],
      ['MB-2003', '颜色:燕麦;尺寸:50×30cm', 3600, 80],
    ],
  },
  {
    product: '收纳篮',
    title: '木白家居 手编水草收纳篮',
    options: [
      ['MB-3001', '尺寸:小', 5900, 120],
      ['MB-3002', '尺寸:中', 7900, 90],
      ['MB-3003', '尺寸:大', 10900, 45],
    ],
  },
  {
    product: '羊毛地毯',
    title: '木白家居 手工羊毛地毯',
    options: [
      ['MB-4001', '颜色:米白;尺寸:1.2×1.8m', 89900, 18],
      ['MB-4002', '颜色:苔绿;尺寸:1.6×2.3m', 139900, 12],
    ],
  },
  {
    product: '壁灯',
    title: '木白家居 胡桃木暖光壁灯',
    options: [
      ['MB-5001', '款式:单头', 26900, 40],
      ['MB-5002', '款式:双头', 39900, 24],
    ],
  },
  {
    product: '香薰',
    title: '木白家居 无火藤条香薰 150ml',
    options: [
      ['MB-6001', '香型:雪松', 12800, 130],
      ['MB-6002', '香型:白茶', 12800, 140],
      ['MB-6003', '香型:无花果', 12800, 70],
    ],
  },
  {
    product: '四件套',
    title: '木白家居 60 支长绒棉四件套',
    options: [
      ['MB-7001', '颜色:云白;尺寸:1.5m', 59900, 36],
      ['MB-7002', '颜色:云白;尺寸:1.8m', 65900, 40],
      ['MB-7003', '颜色:苔绿;尺寸:1.8m', 65900, 28],
    ],
  },
  {
    product: '木托盘',
    title: '木白家居 整木榉木托盘',
    options: [
      ['MB-8001', '形状:圆', 8800, 75],
      ['MB-8002', '形状:长方', 9900, 60],
    ],
  },
  {
    product: '窗帘',
    title: '木白家居 亚麻纱帘 单片',
    options: [
      ['MB-9001', '颜色:本白;尺寸:1.5×2.6m', 18900, 50],
      ['MB-9002', '颜色:浅灰;尺寸:2.0×2.6m', 23900, 32],
    ],
  },
  { product: '擦手巾', title: '木白家居 华夫格擦手巾 三条装', options: [['MB-9501', '', 2990, 300]] },
]

/**
 * The brand's goods: ten products, 24 SKUs, some scarce and some plentiful, so that shops that share the stock run short
 * of something now and then. All invented.
 */
export const demoCatalogue: readonly DemoGood[] = products.flatMap(({ product, title, options }) =>
  options.map(([merchantCode, specification, priceFen, usualStock]) => ({
    merchantCode,
    title,
    specification,
    product,
    priceFen,
    quantity: usualStock,
    usualStock,
  })),
)
