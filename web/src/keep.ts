/** Things kept on this device only: column widths, folded menus. A browser that keeps nothing is no failure. */
export function kept(place: string): unknown {
  try {
    const text = localStorage.getItem(place)
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

export function keep(place: string, value: unknown): void {
  try {
    localStorage.setItem(place, JSON.stringify(value))
  } catch {
    // Private windows and full stores refuse; then the page forgets, and works.
  }
}
