import { attributesOf, pictureOf } from './goods.ts'
import { type Product, type Sku, type StockMove, sum } from './state.ts'
import { seconds, type World } from './world.ts'

type Branch = Readonly<Record<string, unknown>>

/** The `product` of product/get. Source: wechat-shop.md 9 and its sample. */
export function productFields(world: World, product: Product): Branch {
  const { productId, title, skus } = product
  return {
    product_id: productId,
    out_product_id: '',
    title,
    short_title: title.slice(0, 12),
    head_imgs: [pictureOf(world, `${productId}_head`)],
    desc_info: { imgs: [pictureOf(world, `${productId}_desc`)], desc: '' },
    cats: [],
    cats_v2: [{ cat_id: '10000111' }, { cat_id: '10000113' }, { cat_id: '6091' }],
    attrs: [{ attr_key: '产地', attr_value: '浙江嘉兴' }],
    express_info: { template_id: '123456' },
    status: product.status,
    edit_status: product.editStatus,
    skus: skus.map((sku) => skuFields(world, sku)),
    min_price: Math.min(...skus.map(({ priceFen }) => priceFen)),
    spu_code: '',
  }
}

function skuFields(world: World, sku: Sku): Branch {
  return {
    sku_id: sku.skuId,
    out_sku_id: '',
    thumb_img: pictureOf(world, sku.skuId),
    sale_price: sku.priceFen,
    market_price: sku.priceFen,
    stock_num: sku.quantity,
    sku_code: sku.merchantCode,
    sku_attrs: attributesOf(sku.specification),
    status: sku.product.status,
  }
}

/** What stock/get tells of a SKU; the total is with the warehouses. Source: wechat-shop.md 9 [doc sample]. */
export function stockFields({ settings }: World, { quantity, warehouses }: Sku): Branch {
  const stocks = settings.warehouses.map((out_warehouse_id) => {
    return { out_warehouse_id, num: warehouses.get(out_warehouse_id) ?? 0, lock_stock: 0 }
  })
  return {
    normal_stock_num: quantity,
    limited_discount_stock_num: 0,
    warehouse_stocks: stocks,
    finder_total_num: 0,
    total_stock_num: quantity + sum(stocks.map(({ num }) => num)),
  }
}

/** The numbers of the kinds of move are [assumed]; the sheet names the fields alone. */
const moveKinds = { merchant: 1, sale: 2, cancel: 3 } as const

export function moveFields({ amount, before, after, kind, at }: StockMove): Branch {
  return {
    amount: Math.abs(amount),
    beginning_amount: before,
    ending_amount: after,
    stock_sub_type: 1,
    op_type: moveKinds[kind],
    update_time: seconds(at),
    ext_info: {},
  }
}
