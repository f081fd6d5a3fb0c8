import type { GoodsPayload } from './payload.ts'

/**
 * A variant as orders and listings both name it. A variant's own name repeats what was chosen, so the title is the
 * product's.
 */
export function goodsOf({ id, sku, name, product, options, featuredAsset }: GoodsPayload) {
  return {
    channelItemNo: product?.id ?? '',
    channelSkuNo: id,
    merchantCode: sku === '' ? null : sku,
    title: product?.name || name,
    specification: options.map((option) => (option.group ? `${option.group}:${option.name}` : option.name)).join(';'),
    imageUrl: featuredAsset,
  }
}
