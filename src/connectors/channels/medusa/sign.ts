/** The header of a call: HTTP Basic, the secret key as user and no password. Source: own-site.md 5.1 [sdk M]. */
export function basicAuth(secretKey: string): string {
  return `Basic ${Buffer.from(`${secretKey}:`, 'utf8').toString('base64')}`
}
