import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { channels } from '../connectors/index.ts'
import { Failure } from '../core/failures.ts'
import type { AnyChannel } from '../kit/channel.ts'
import type { Config } from '../platform/config.ts'

/**
 * Every channel of the registry and those of the merchant's own (扩展): each folder below EXTENSIONS_DIR is one, and its `index.ts` exports
 * `channel`, made with `defineChannel`. It runs with the rights of the product, as any code of the merchant's own. Throws
 * SETTING_INVALID naming the folder and what is wrong with it.
 */
export async function channelsOf({ extensionsDir }: Pick<Config, 'extensionsDir'>): Promise<readonly AnyChannel[]> {
  if (extensionsDir === null) return channels
  const known = new Map<string, AnyChannel>(channels.map((plug) => [plug.manifest.id, plug]))
  for (const name of await foldersIn(extensionsDir)) {
    const plug = await loaded(path.join(extensionsDir, name), name)
    if (known.has(plug.manifest.id)) throw refused(name, `已有编号为 ${plug.manifest.id} 的渠道`, 'its id is taken')
    known.set(plug.manifest.id, plug)
  }
  return [...known.values()]
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    throw refused(folder, '目录不存在或读不了', 'the directory cannot be read')
  }
}

async function loaded(folder: string, name: string): Promise<AnyChannel> {
  let module: { readonly channel?: unknown }
  try {
    module = (await import(pathToFileURL(path.join(folder, 'index.ts')).href)) as typeof module
  } catch (error) {
    throw refused(name, `载入失败：${String(error)}`, `it cannot be loaded: ${String(error)}`)
  }
  if (!isChannel(module.channel)) throw refused(name, '没有导出 channel', 'it exports no channel')
  return module.channel
}

function isChannel(value: unknown): value is AnyChannel {
  const plug = value as Partial<AnyChannel> | null | undefined
  return (
    typeof plug === 'object' &&
    plug !== null &&
    /^[a-z][a-z0-9-]{1,39}$/.test(plug.manifest?.id ?? '') &&
    typeof plug.operations === 'object'
  )
}

function refused(name: string, zh: string, en: string): Failure {
  return new Failure('SETTING_INVALID', { problems: `扩展 ${name}：${zh}`, problemsEn: `Extension ${name}: ${en}` })
}
