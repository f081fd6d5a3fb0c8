import { countText } from '../format.ts'
import { Button } from '../parts/button.tsx'
import { Go, usePath } from '../parts/go.tsx'
import { Icon } from '../parts/icon.tsx'
import { frameWords } from '../words/frame.ts'
import { useWords } from '../words/language.ts'
import { useWaiting, type Waiting } from './counts.ts'
import { type Entry, type GroupId, useEntries } from './entries.ts'

interface MenuProps {
  readonly isFolded: boolean
  readonly onFold: () => void
}

const groups: readonly (GroupId | null)[] = [null, 'orders', 'shipping', 'goods', 'settings']

/** The left menu in groups; folded it shows icons, whose names are hints. */
export function Menu({ isFolded, onFold }: MenuProps) {
  const words = useWords(frameWords).menu
  const entries = useEntries()
  const waiting = useWaiting()
  return (
    <nav className="menu-bar" aria-label={words.name}>
      <div className="menu-scroll">
        {groups.map((group) => {
          const inside = entries.filter((entry) => entry.group === group)
          if (inside.length === 0) return null
          return (
            <div key={group ?? 'top'} className="menu-group">
              {group && <h2>{words.groups[group]}</h2>}
              <ul>
                {inside.map((entry) => (
                  <li key={entry.id}>
                    <MenuEntry entry={entry} isFolded={isFolded} waiting={waiting[entry.id]} />
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </div>
      <div className="menu-foot">
        <Button kind="quiet" icon="fold" name={isFolded ? words.unfold : words.fold} onPress={onFold} />
      </div>
    </nav>
  )
}

interface EntryProps {
  readonly entry: Entry
  readonly isFolded: boolean
  readonly waiting: Waiting | undefined
}

function MenuEntry({ entry, isFolded, waiting }: EntryProps) {
  const words = useWords(frameWords).menu
  const name = words.entries[entry.id]
  const count = waiting && waiting.count > 0 ? waiting.count : null
  return (
    <Go
      to={entry.to}
      className="menu-entry"
      isCurrent={isAt(usePath(), entry.to)}
      name={count === null ? name : `${name} ${words.waiting(countText(count))}`}
      tip={isFolded ? name : undefined}
    >
      <Icon name={entry.icon} />
      {!isFolded && <span className="cut">{name}</span>}
      {count !== null && (
        <span className="count" data-urgent={waiting?.isUrgent || undefined} aria-hidden="true">
          {isFolded && count > 99 ? '99+' : countText(count)}
        </span>
      )}
    </Go>
  )
}

/** The phone's bottom bar: what waits, and where one goes all day. */
export function BottomBar({ onFind }: { readonly onFind: () => void }) {
  const words = useWords(frameWords)
  const path = usePath()
  const entries = useEntries().filter(({ id }) => id === 'home' || id === 'review' || id === 'fulfil')
  return (
    <nav className="bottom-bar" aria-label={words.menu.name}>
      {entries.map((entry) => (
        <Go key={entry.id} to={entry.to} isCurrent={isAt(path, entry.to)}>
          <Icon name={entry.icon} />
          {words.menu.entries[entry.id]}
        </Go>
      ))}
      <button type="button" onClick={onFind}>
        <Icon name="search" />
        {words.bottom.find}
      </button>
    </nav>
  )
}

/** A page belongs to the entry above it: an order to 全部订单. */
const isAt = (path: string, to: string) => path === to || (to !== '/' && path.startsWith(`${to}/`))
