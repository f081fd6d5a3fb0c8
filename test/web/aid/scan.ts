import type { Page } from '@playwright/test'

/** Types a code as a scanner does: key by key in one go, without waiting for the page however busy it is, then Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const keys = [...[...code].map(keyOf), { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }]
  await Promise.all(
    keys.flatMap((key) => [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
    ]),
  )
  await session.detach()
}

/** A letter, a digit or a dash on an American keyboard. */
function keyOf(letter: string) {
  const [code, windowsVirtualKeyCode] =
    letter === '-'
      ? ['Minus', 189]
      : [`${/\d/.test(letter) ? 'Digit' : 'Key'}${letter.toUpperCase()}`, letter.toUpperCase().charCodeAt(0)]
  return { key: letter, code, windowsVirtualKeyCode, text: letter } as const
}

/** The page's own session for calls that set a scene. */
export async function callAs(page: Page, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  const { csrfToken } = (await (await page.request.get('/api/v1/me')).json()) as { csrfToken: string }
  const answer = await page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { 'x-csrf-token': csrfToken },
    ...(body !== undefined && { data: body }),
  })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.headers()['content-type']?.includes('json') ? answer.json() : null
}

export interface ParcelFacts {
  readonly id: number
  readonly parcelNo: string
  readonly state: string
  readonly waybillNo: string
  readonly orders: readonly { readonly orderNo: string; readonly channelOrderNo: string }[]
  readonly lines: readonly {
    readonly code: string
    readonly barcode: string
    readonly quantity: number
    readonly checked: number
  }[]
  readonly pieces: number
}

export const parcelsOf = async (page: Page, view: string): Promise<ParcelFacts[]> =>
  ((await callAs(page, 'GET', `/parcels?view=${view}&limit=200`)) as { rows: ParcelFacts[] }).rows

export const parcel = async (page: Page, id: number): Promise<ParcelFacts> =>
  (await callAs(page, 'GET', `/parcels/${id}`)) as ParcelFacts
