import type { zh } from '../zh/beside.ts'

export const en: typeof zh = {
  beside: 'Report the parcels of',
  besideHelp: 'Whenever that shop ships, the same parcel is reported here too',
  besideNeeded: 'Choose a shop that has orders',
  besideNone: 'No shop has orders of its own yet; connect one first',
  modeHelp: 'Has no orders of its own; only reports the parcels of another shop',
  reports: 'Reports for',
  stageTip: {
    live: 'Every parcel of that shop is reported to the platform',
    'read-only': 'Nothing is reported for now; parcels wait until it is live',
  },
  tells: (shop) => `Reports the parcels of ${shop}`,
  begin: 'Begin reporting',
  beginHelp: 'Parcels that leave from now on are reported; earlier ones are not.',
  begun: (shop) => `The parcels of ${shop} are being reported`,
}
