import type { zh } from '../zh/shop-files.ts'

const s = (n: number | string) => (String(n) === '1' ? '' : 's')

export const en: typeof zh = {
  what: 'The shipment files',
  inTitle: 'Orders: drop the platform’s export here',
  inFirst: (channel) =>
    `Export the orders in the back office of ${channel} (csv or xlsx); leave the headers as they are`,
  inRest: [
    'Drop the file under Import and export; the channel is recognised by itself',
    'Import it once the preview has no errors; the same order again only updates, never doubles',
  ],
  toTransfers: 'Import a file',
  outTitle: 'Shipments: take the file back to the platform',
  outSteps: [
    'Print, check and ship as usual',
    'Download the shipment file here; it holds the parcels the platform does not know',
    'Upload it under bulk shipping in the platform’s back office',
  ],
  waiting: (n) => `${n} parcel${s(n)} waiting for the file`,
  waitingNone: 'No parcel waits',
  make: 'Download the shipment file',
  made: 'Downloaded; upload it under bulk shipping on the platform',
  again: 'Download again',
  history: 'Files made before',
  name: 'File',
  parcels: 'Parcels',
  madeAt: 'Time',
  madeBy: 'By',
  none: 'No shipment file yet',
  stock: {
    what: 'The stock file',
    help: 'What every matched listing should show now, all of them; upload it under bulk stock in the platform’s back office.',
    none: 'No listing is matched yet',
    holds: (n, changed) => `${n} listing${s(n)}, ${changed} of them changed`,
    madeAt: 'Last made',
    make: 'Download the stock file',
    made: 'Downloaded; upload it under bulk stock on the platform',
  },
}
