/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. */
export interface Settings {
  /** Lives of the two tokens. Source: douyin.md 2 [doc]. */
  readonly accessSeconds: number
  readonly refreshSeconds: number
  /** Share of paid orders that stop at 105 until they are released. */
  readonly checkedShare: number
  /** Share of orders whose lines count their part of the freight, which the sheet leaves open. */
  readonly freightInLinesShare: number
  /** Share of orders without an approved scene, whose receiver is empty. */
  readonly noSceneShare: number
  /** Share of telephone numbers that decryption hides behind a virtual one. */
  readonly virtualNumberShare: number
  /** How often a push that was not taken comes again, and after how many seconds each time; both [assumed]. */
  readonly pushRepeats: number
  readonly pushRepeatSeconds: number
  /** Calls, by method, that answer with this code of douyin.md 3 instead of being done. */
  readonly answers: Readonly<Record<string, number>>
}

export const usual: Settings = {
  accessSeconds: 7 * 86_400,
  refreshSeconds: 14 * 86_400,
  checkedShare: 0,
  freightInLinesShare: 0,
  noSceneShare: 0,
  virtualNumberShare: 0,
  pushRepeats: 3,
  pushRepeatSeconds: 60,
  answers: {},
}
