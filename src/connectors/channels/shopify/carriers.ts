/**
 * The name under which Shopify knows a carrier, so that the buyer gets a link: from its own list of tracking companies.
 * Source: own-site.md 3 [assumed]. A carrier that is not here goes by our Chinese name, without a link.
 */
const companies: ReadonlyMap<string, string> = new Map([
  ['sf', 'SF Express'],
  ['zto', 'ZTO Express'],
])

export function companyOf(carrier: string, carrierName: string): string {
  return companies.get(carrier) ?? (carrierName || carrier)
}
