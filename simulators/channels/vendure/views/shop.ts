import type { View } from '../errors.ts'
import { channelToken } from '../keys.ts'
import { locations, usualCurrency } from '../model.ts'

/** When the shop was opened, which is as old as its furniture is. */
const openedAt = Date.parse('2025-03-01T02:00:00Z')
const born: View = { createdAt: openedAt, updatedAt: openedAt }

/** `Channel`: the one sales channel of the shop. Invented. */
export const channelView: View = {
  ...born,
  id: '1',
  code: 'mubai-home',
  token: channelToken,
  defaultLanguageCode: 'zh',
  availableLanguageCodes: ['zh'],
  currencyCode: usualCurrency,
  defaultCurrencyCode: usualCurrency,
  availableCurrencyCodes: [usualCurrency],
  trackInventory: true,
  outOfStockThreshold: 0,
  pricesIncludeTax: true,
  seller: { ...born, id: '1', name: '木白家居官网' },
}

/** `Administrator`: whoever the API key stands for. */
export const administratorView: View = {
  ...born,
  id: '1',
  firstName: '统单',
  lastName: '',
  emailAddress: 'oms@mubai.example',
}

/** `CurrentUser`. */
export const userView: View = {
  id: '1',
  identifier: 'oms@mubai.example',
  channels: [
    {
      id: '1',
      token: channelToken,
      code: 'mubai-home',
      permissions: ['Authenticated', 'ReadOrder', 'UpdateOrder', 'ReadCatalog', 'UpdateCatalog'],
    },
  ],
}

/** `GlobalSettings`: no threshold of its own. */
export const settingsView: View = {
  ...born,
  id: '1',
  availableLanguages: ['zh'],
  trackInventory: true,
  outOfStockThreshold: 0,
}

/** `ShippingMethod`. */
export const shippingMethodView: View = {
  ...born,
  id: '1',
  code: 'standard-shipping',
  name: '快递',
  description: '全国快递',
}

/** `StockLocation`; null for an id that names none. */
export function locationView(id: string): View | null {
  const location = locations.find(({ no }) => String(no) === id)
  return location === undefined ? null : { ...born, id, name: location.name, description: '' }
}
