import * as contract from '../../contract/inventory.ts'
import { standardRegion } from '../../core/address/region.ts'
import { Failure } from '../../core/failures.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { adjust, bookIn, count, orderNoOf } from './change-stock.ts'
import { movementWords } from './movement-words.ts'
import { pushMatchedJob, pushStockJob, tellStock } from './push-stock.ts'
import * as facts from './store/facts.ts'

const named = (w: { province: string; city: string; district: string }) => {
  const { province, city, district } = standardRegion({ ...w, town: '' })
  return { province, city, district }
}

/** 库存: what is there, what is promised, and what channels may be told. */
export const inventory: Module = {
  name: 'inventory',
  routes: [
    serve(contract.listWarehouses, async (ctx) => ({ rows: await facts.listWarehouses(ctx.db) })),
    serve(contract.createWarehouse, async (ctx, asked) => {
      const made = await facts.insertWarehouse(ctx.db, { ...asked, ...named(asked) })
      if (made === null) throw new Failure('INPUT_INVALID', { field: 'code', problem: `仓库编码“${asked.code}”已存在` })
      return made
    }),
    serve(contract.changeWarehouseFacts, async (ctx, { id, ...asked }) => {
      const known = (await facts.listWarehouses(ctx.db)).find((row) => row.id === id)
      if (!known) throw new Failure('WAREHOUSE_NOT_FOUND', {})
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
      const wanted = { ...known, ...given }
      await facts.saveWarehouse(ctx.db, { ...wanted, ...named(wanted) })
      return {}
    }),
    serve(contract.receiveStock, async (ctx, asked) => {
      await bookIn(ctx, asked)
      return {}
    }),
    serve(contract.adjustStock, async (ctx, asked) => {
      await adjust(ctx, asked)
      return {}
    }),
    serve(contract.countStock, count),
    serve(contract.setSafety, async (ctx, { skuId, safety }) => {
      if ((await facts.listCodes(ctx.db, [skuId])).length === 0) throw new Failure('SKU_NOT_FOUND', { sku: skuId })
      await facts.saveSafety(ctx.db, skuId, safety)
      await tellStock(ctx, [skuId])
      return {}
    }),
    serve(contract.listMovements, async (ctx, asked) => {
      const rows = await facts.listMovements(ctx.db, {
        skuId: asked.skuId,
        warehouseId: asked.warehouseId ?? null,
        beforeId: asked.after ? Number(asked.after) : null,
        limit: asked.limit,
      })
      const last = rows.length === asked.limit ? rows.at(-1) : undefined
      return {
        rows: rows.map(({ orderId, ...row }) => ({
          ...row,
          zh: movementWords[row.kind],
          orderNo: orderId === null ? null : orderNoOf(orderId),
        })),
        next: last ? String(last.id) : null,
      }
    }),
    serve(contract.checkLedger, async (ctx) => ({
      checked: await facts.countStockRows(ctx.db),
      drifts: await facts.listDrifts(ctx.db),
    })),
  ],
  jobs: [pushStockJob, pushMatchedJob],
  listeners: { 'inventory.changed': ['inventory.push-stock'], 'catalogue.listing-matched': ['inventory.push-matched'] },
  schedules: [],
}
