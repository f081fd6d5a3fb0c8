import { randomBytes } from 'node:crypto'
import { audit } from '../../modules/security/index.ts'
import type { Ctx } from '../../platform/module.ts'
import { addKey, rereadKeys } from '../../platform/vault/keys.ts'
import { columnName, countByKey, listSealedColumns, reseal } from '../../platform/vault/sealed-columns.ts'
import { openVault } from '../../platform/vault/vault.ts'
import { type Command, readArgs, type Shell } from './command.ts'
import { type Opened, withCtx } from './open.ts'

/** 密钥. */
export const keyCommands: readonly Command[] = [
  {
    words: 'keys status',
    usage: '',
    zh: '显示每个加密列各用了哪把密钥',
    en: 'Shows which key sealed how much of each column',
    run: async (args, shell) => {
      readArgs(args, {})
      return withCtx(shell, async ({ ctx }) => {
        shell.out(`newest\t${ctx.vault.newestKey}`)
        for (const column of await listSealedColumns(ctx.db)) {
          const counts = await countByKey(ctx.db, column)
          shell.out([columnName(column), ...counts.map(({ key, rows }) => `${key}:${rows}`)].join('\t'))
        }
        return 0
      })
    },
  },
  {
    words: 'keys rotate',
    usage: '',
    zh: '换一把新密钥并用它重新加密全部数据；程序可以照常运行，中断后再次执行会接着做。旧密钥要留着',
    en: 'Adds a key and seals everything anew with it; the product may go on running, and a rotation cut short goes on when run again. Keep the old keys',
    run: async (args, shell) => {
      readArgs(args, {})
      return withCtx(shell, (opened) => rotate(opened, shell))
    },
  },
]

async function rotate({ ctx, config }: Opened, shell: Shell): Promise<number> {
  if (await hasStale(ctx)) {
    shell.tell('接着做上次没做完的轮换 / going on with the rotation that was cut short')
    return resealAll(ctx, shell)
  }
  if (config.masterKey !== null) {
    const next = `${ctx.vault.newestKey + 1}:${randomBytes(32).toString('base64')}`
    shell.tell('主密钥来自 TONGDAN_MASTER_KEY：请在它后面加上下面这一把（用逗号隔开），重启全部程序，再运行本命令')
    shell.tell(
      'The master key comes from TONGDAN_MASTER_KEY: append the one below to it with a comma, restart everything, run this again',
    )
    shell.out(next)
    return 1
  }
  const id = await addKey(config.masterKeyFile)
  shell.tell(`已新增 ${id} 号密钥，请备份 ${config.masterKeyFile} / key ${id} is added; back the file up`)
  return resealAll({ ...ctx, ...withVault(ctx, config.masterKeyFile) }, shell)
}

/** The same ctx, in its transactions too, with the ring as it is now. */
function withVault(ctx: Ctx, file: string): Pick<Ctx, 'vault' | 'tx'> {
  const vault = openVault(rereadKeys(file))
  return { vault, tx: (work) => ctx.tx((inner) => work({ ...inner, vault })) }
}

async function hasStale(ctx: Ctx): Promise<boolean> {
  for (const column of await listSealedColumns(ctx.db)) {
    const counts = await countByKey(ctx.db, column)
    if (counts.some(({ key }) => key !== ctx.vault.newestKey)) return true
  }
  return false
}

async function resealAll(ctx: Ctx, shell: Shell): Promise<number> {
  let rows = 0
  for (const column of await listSealedColumns(ctx.db)) {
    const name = columnName(column)
    let told = -1
    rows += await reseal(ctx, column, (part) => {
      const percent = Math.floor(part * 10) * 10
      if (percent > told) shell.tell(`${name} ${percent}%`)
      told = Math.max(told, percent)
    })
  }
  await audit(ctx, { deed: 'security.keys-rotated', object: 'key', objectId: ctx.vault.newestKey, details: { rows } })
  shell.tell(
    `已用 ${ctx.vault.newestKey} 号密钥重新加密 ${rows} 处 / ${rows} values are sealed by key ${ctx.vault.newestKey}`,
  )
  return 0
}
