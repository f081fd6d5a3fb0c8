const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: 'Shift',
  Slash: '/',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
}

/** How keys are written on the page: `$mod+KeyK` is `Ctrl K`, `KeyG KeyH` is `G H`. */
export function keyText(keys: string): string {
  return keys
    .split(/[ +]/)
    .map((key) => names[key] ?? key.replace(/^(Key|Digit)/, ''))
    .join(' ')
    .replace('Shift /', '?')
}
