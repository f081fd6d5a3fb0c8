import { type Answer, restFault } from '../rest.ts'
import { states } from '../states.ts'
import type { Call } from './call.ts'

/** GET /wp-json/: anybody may ask; the namespaces tell which extensions there are. Source: own-site.md 2.3. */
export function describeSite({ shop }: Call): Answer {
  const { tracking } = shop.settings
  const own = { 'shipment-tracking': ['wc-shipment-tracking/v3'], ast: ['wc-ast/v3'], none: [] }[tracking]
  return {
    body: {
      name: '木白家居',
      description: '木白家居官网',
      url: shop.address(),
      home: shop.address(),
      gmt_offset: '8',
      timezone_string: 'Asia/Shanghai',
      namespaces: ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', ...own, 'wp/v2'],
      authentication: [],
      routes: {},
    },
  }
}

/** GET /wp-json/wc/v3. */
export function describeApi(): Answer {
  return { body: { namespace: 'wc/v3', routes: {} } }
}

/** GET /data/countries/{code}; only China is known here. Source: own-site.md 2.2. */
export function getCountry({ path }: Call): Answer {
  if (path[0]!.toUpperCase() !== 'CN') {
    throw restFault(404, 'woocommerce_rest_data_invalid_location', 'There are no locations matching these parameters.')
  }
  return { body: { code: 'CN', name: 'China', states } }
}
