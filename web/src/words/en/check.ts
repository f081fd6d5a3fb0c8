import type { zh } from '../zh/check.ts'

export const en: typeof zh = {
  title: 'Scan to check',
  sandbox: 'Sandbox',
  leave: 'Leave the station',
  lost: 'The keyboard is not in this window and scans are lost. Click here or press any key',
  red: 'Scan the right goods first',
  how: 'How it works',
  steps: [
    'Scan a label and hear how many pieces; or scan goods, and the most urgent parcel that needs them is found.',
    'Scan the goods one by one. Wrong or surplus goods turn it red until the right ones are scanned.',
    'More than five of a kind: scan one, type the total with the number keys, press Enter.',
    'A complete parcel is shipped by itself; with “Ship when complete” off, press Enter.',
    '“Refunded, stop it”: the parcel must not leave; put it on the stop pile.',
  ],
}
