/** What is installed in the site. Changed by `POST /_sim/plugins`; a reset brings the usual set back. */
export interface Settings {
  /** Which extension keeps waybill numbers. */
  readonly tracking: 'shipment-tracking' | 'ast' | 'none'
  /** A plug-in adds the status `partial-shipped`. */
  readonly partialShipped: boolean
  /** False: a Chinese address plug-in writes 浙江省; true: the core list writes CN12. */
  readonly stateCodes: boolean
  /** Orders get numbers of their own beside the id. */
  readonly sequentialNumbers: boolean
  /** Plain ones leave only `/?rest_route=`. */
  readonly permalinks: 'pretty' | 'plain'
}

export const usual: Settings = {
  tracking: 'shipment-tracking',
  partialShipped: false,
  stateCodes: false,
  sequentialNumbers: false,
  permalinks: 'pretty',
}

const choices: Readonly<Record<keyof Settings, readonly unknown[]>> = {
  tracking: ['shipment-tracking', 'ast', 'none'],
  partialShipped: [true, false],
  stateCodes: [true, false],
  sequentialNumbers: [true, false],
  permalinks: ['pretty', 'plain'],
}

/** Changes what is named and leaves the rest. Throws RangeError for a name or value that is not offered. */
export function changed(settings: Settings, wish: Readonly<Record<string, unknown>>): Settings {
  for (const [name, value] of Object.entries(wish)) {
    if (!isName(name)) throw new RangeError(`no such setting: ${name}`)
    if (!choices[name].includes(value)) throw new RangeError(`${name} is one of ${choices[name].join(', ')}`)
  }
  return { ...settings, ...wish }
}

const isName = (name: string): name is keyof Settings => Object.hasOwn(choices, name)
