import { numberOf } from '../../aid/random.ts'
import { skuNameOf } from './goods.ts'
import { barcodeOf, imageOf } from './order-fields.ts'
import { type Item, type Sku, variantsOf } from './state.ts'

const logisticsPlanId = '66a1b2c3d4e5f60718290001'
const shippingTemplateId = '66a1b2c3d4e5f60718290002'

/** Source: xiaohongshu.md 10 [recorded]. */
export function itemFields({ itemId, skus, createdAt, updatedAt }: Item) {
  const [first] = skus
  const names = variantsOf(first?.specification ?? '').map(({ name }) => variantId(name))
  return {
    name: first?.title ?? '',
    ename: null,
    brandId: 0,
    categoryId: '65f996d83e946300016b2615',
    attributes: [],
    shippingTemplateId,
    shippingGrossWeight: 0,
    variantIds: names,
    images: first === undefined ? [] : [`https:${imageOf(first)}`],
    imageDescriptions: [],
    videoUrl: null,
    description: '',
    faq: [],
    isChannel: false,
    deliveryMode: 0,
    freeReturn: 1,
    enableMultiWarehouse: skus.some(({ hasManyWarehouses }) => hasManyWarehouses),
    id: itemId,
    createTime: createdAt,
    updateTime: updatedAt,
    enableStepPresale: false,
  }
}

/** A bundle has no merchant code of its own. Source: xiaohongshu.md 10 [recorded]. */
export function skuFields(sku: Sku) {
  return {
    itemId: sku.item.itemId,
    ipq: 1,
    originalPrice: sku.originalPriceFen,
    price: sku.priceFen,
    stock: sku.available,
    logisticsPlanId,
    whcode: 'CPartner',
    priceType: 0,
    erpCode: sku.parts.length > 0 ? null : sku.merchantCode,
    variants: variantsOf(sku.specification).map(({ name, value }) => ({
      id: variantId(name),
      name,
      value,
      valueId: null,
    })),
    deliveryTime: { time: '48', type: 'RELATIVE_TIME_NEW' },
    specImage: null,
    barcode: barcodeOf(sku),
    id: sku.skuId,
    scSkucode: barcodeOf(sku),
    buyable: sku.isBuyable,
    unionItemDetails: sku.parts.map((part) => ({
      id: part.sku.skuId,
      name: skuNameOf(part.sku),
      scSkuCode: barcodeOf(part.sku),
      barcode: barcodeOf(part.sku),
      ipq: part.quantity,
      erpCode: part.sku.merchantCode,
    })),
    createTime: sku.createdAt,
    updateTime: sku.updatedAt,
    name: skuNameOf(sku),
    isGift: false,
  }
}

function variantId(name: string): string {
  return `60404e0de85df800${numberOf(name).toString(16).padStart(8, '0')}`
}
