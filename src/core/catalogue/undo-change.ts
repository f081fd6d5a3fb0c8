/** Facts of a thing by name, such as a SKU's; texts, whole numbers, or null where there is none. */
export type Facts = Readonly<Record<string, string | number | null | undefined>>

/** What of a change can be taken back: facts to restore, and names of facts that somebody changed since. */
export interface ChangeUndo {
  readonly restored: Facts
  readonly changedSince: readonly string[]
}

/** Takes a change back fact by fact (撤销修改): each that still is as the change left it gets its former value. */
export function undoChange(change: { readonly before: Facts; readonly after: Facts }, now: Facts): ChangeUndo {
  const names = Object.keys(change.after)
  return {
    restored: Object.fromEntries(
      names.filter((name) => now[name] === change.after[name]).map((name) => [name, change.before[name] ?? null]),
    ),
    changedSince: names.filter((name) => now[name] !== change.after[name]),
  }
}
