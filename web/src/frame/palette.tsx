import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { stateFacts } from '../../../src/core/order/moves.ts'
import type { Answer } from '../api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icon.tsx'
import { keyText } from '../parts/key-text.ts'
import { shortcutsNow } from '../parts/shortcuts.ts'
import { readOf } from '../query.ts'
import { ordersSeen } from '../seen.ts'
import { useMay } from '../session.ts'
import { frameWords } from '../words/frame.ts'
import { useLanguage, useWords } from '../words/language.ts'
import { useEntries } from './entries.ts'

/** `Ctrl K`: go to a page, find an order, do what this page offers. Chinese, Pinyin and its initials all find. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(frameWords).palette
  const [text, setText] = useState('')
  const goTo = useGo()
  const asked = useDeferredValue(text.trim())
  const found = useFound(asked)
  // The palette is gone first, so that what is done finds the page as it was.
  const leaveAnd = (act: () => void) => {
    onClose()
    setTimeout(act)
  }
  const go = (to: string) => leaveAnd(() => goTo(to))
  return (
    <Dialog title={words.title} width={620} onClose={onClose}>
      <Command label={words.title} shouldFilter={false} className="palette" loop>
        <Command.Input
          className="field"
          data-first=""
          value={text}
          onValueChange={setText}
          placeholder={words.placeholder}
        />
        <Command.List className="palette-list" aria-label={words.title}>
          {asked === '' && <Recent onGo={go} />}
          <FoundGroups found={found.data} onGo={go} />
          <Commands asked={asked} onDo={leaveAnd} />
          <Pages asked={asked} onGo={go} />
          <Command.Empty>{found.isFetching ? words.searching : words.none(asked)}</Command.Empty>
        </Command.List>
        <p className="quiet small">{words.keys}</p>
      </Command>
    </Dialog>
  )
}

const fits = (asked: string, ...texts: readonly string[]) => texts.some((text) => has(text, asked))

interface CommandsProps {
  readonly asked: string
  readonly onDo: (act: () => void) => void
}

/** What the page offers, on the selection or the row one is at. */
function Commands({ asked, onDo }: CommandsProps) {
  const words = useWords(frameWords).palette
  const [commands] = useState(() => shortcutsNow().filter((each) => each.where === 'list' && each.run))
  return (
    <Group heading={words.commands}>
      {commands
        .filter((each) => fits(asked, each.words, each.pinyin ?? ''))
        .map((each) => (
          <Item
            key={each.keys}
            id={`do ${each.keys}`}
            onSelect={() => onDo(() => each.run?.(new KeyboardEvent('keydown')))}
            keys={each.keys}
          >
            {each.words}
          </Item>
        ))}
    </Group>
  )
}

interface PagesProps {
  readonly asked: string
  readonly onGo: (to: string) => void
}

function Pages({ asked, onGo }: PagesProps) {
  const words = useWords(frameWords)
  const entries = useEntries().filter((entry) => fits(asked, words.menu.entries[entry.id], entry.pinyin))
  return (
    <Group heading={words.palette.pages}>
      {entries.map((entry) => (
        <Item
          key={entry.id}
          id={`go ${entry.id}`}
          onSelect={() => onGo(entry.to)}
          keys={entry.letter && `KeyG Key${entry.letter}`}
        >
          <Icon name={entry.icon} />
          {words.menu.entries[entry.id]}
        </Item>
      ))}
    </Group>
  )
}

const shortest = 2

/** What the server finds, asked 150 ms after the last letter. */
function useFound(text: string) {
  const may = useMay()
  const read = readOf('GET /search', { q: text })
  return useQuery({
    ...read,
    queryFn: async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      return context.signal.aborted ? nothing : read.queryFn(context)
    },
    enabled: text.length >= shortest && may('orders.read'),
    placeholderData: (before) => before,
  })
}

const nothing: Answer<'GET /search'> = { orders: [], skus: [], parcels: [] }

const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase())

function Recent({ onGo }: { readonly onGo: (to: string) => void }) {
  const words = useWords(frameWords).palette
  return (
    <Group heading={words.recent}>
      {ordersSeen().map((orderNo) => (
        <Item key={orderNo} id={`seen ${orderNo}`} onSelect={() => onGo(`/orders/${orderNo}`)}>
          <Icon name="clock" />
          {orderNo}
        </Item>
      ))}
    </Group>
  )
}

interface FoundProps {
  readonly found: Answer<'GET /search'> | undefined
  readonly onGo: (to: string) => void
}

function FoundGroups({ found, onGo }: FoundProps) {
  const words = useWords(frameWords).palette
  const language = useLanguage()
  if (!found) return null
  return (
    <>
      <Group heading={words.orders}>
        {found.orders.map((order) => (
          <Item key={order.orderNo} id={order.orderNo} onSelect={() => onGo(`/orders/${order.orderNo}`)}>
            <span className="strong">{order.orderNo}</span>
            <span className="cut">{[order.goods, order.receiver].filter(Boolean).join(' · ')}</span>
            <span className="quiet push nowrap">{stateFacts[order.state][language]}</span>
          </Item>
        ))}
      </Group>
      <Group heading={words.parcels}>
        {found.parcels.map((parcel) => (
          <Item
            key={parcel.id}
            id={`parcel ${parcel.id}`}
            onSelect={() => onGo(`/fulfil?view=all&q=${parcel.parcelNo}`)}
          >
            <span className="strong">{parcel.waybillNo ?? parcel.parcelNo}</span>
            <span className="quiet">{parcel.parcelNo}</span>
          </Item>
        ))}
      </Group>
      <Group heading={words.skus}>
        {found.skus.map((sku) => (
          <Item key={sku.id} id={`sku ${sku.id}`} onSelect={() => onGo(`/stock?q=${encodeURIComponent(sku.code)}`)}>
            <span className="strong">{sku.code}</span>
            <span className="cut">{sku.name}</span>
          </Item>
        ))}
      </Group>
    </>
  )
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode[] }) {
  if (children.length === 0) return null
  return <Command.Group heading={heading}>{children}</Command.Group>
}

interface ItemProps {
  readonly id: string
  readonly onSelect: () => void
  readonly keys?: string | undefined
  readonly children: ReactNode
}

function Item({ id, onSelect, keys, children }: ItemProps) {
  return (
    <Command.Item value={id} onSelect={onSelect}>
      {children}
      {keys && <kbd>{keyText(keys)}</kbd>}
    </Command.Item>
  )
}
