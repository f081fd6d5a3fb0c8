import { knownPermissions } from '../../core/access/grants.ts'
import { allPermissions, type Permission, rolePresets } from '../../core/access/permissions.ts'
import { createToken, listTokens, revokeToken } from '../../modules/security/index.ts'
import { type Command, need, readArgs, UsageError } from './command.ts'
import { withCtx } from './open.ts'

const longestDays = 3_650

/** 接口令牌. */
export const tokenCommands: readonly Command[] = [
  {
    words: 'token add',
    usage: `--name <用途> (--permissions <权限,权限…> | --like <${Object.keys(rolePresets).join('|')}>) [--days <天数>]`,
    zh: '新建接口令牌；明文只显示这一次。不写 --days 则不过期',
    en: 'Adds an API token and prints it once; without --days it does not expire',
    run: async (args, shell) => {
      const { given } = readArgs(args, { name: 'text', permissions: 'text', like: 'text', days: 'text' })
      const name = need(given, 'name')
      const permissions = permissionsOf(given)
      const expiresInDays = daysOf(given.days)
      return withCtx(shell, async ({ ctx }) => {
        const { token, plain } = await createToken(ctx, { name, permissions, expiresInDays })
        shell.tell(`已新建 ${token.id} 号令牌，请立即保存 / token ${token.id} added; keep it now`)
        shell.out(plain)
        return 0
      })
    },
  },
  {
    words: 'token list',
    usage: '',
    zh: '列出接口令牌',
    en: 'Lists API tokens',
    run: async (args, shell) => {
      readArgs(args, {})
      return withCtx(shell, async ({ ctx }) => {
        for (const token of (await listTokens(ctx)).tokens) {
          const until = token.expiresAt ?? '-'
          const used = token.lastUsedAt ?? '-'
          shell.out(
            [token.id, token.state, token.start, token.name, until, used, token.permissions.join(',')].join('\t'),
          )
        }
        return 0
      })
    },
  },
  {
    words: 'token revoke',
    usage: '<编号>',
    zh: '吊销接口令牌，立即生效',
    en: 'Revokes an API token at once',
    run: async (args, shell) => {
      const tokenId = Number(readArgs(args, {}).alone[0])
      if (!Number.isSafeInteger(tokenId) || tokenId < 1)
        throw new UsageError('要给出令牌编号 / give the number of the token')
      return withCtx(shell, async ({ ctx }) => {
        await revokeToken(ctx, { tokenId })
        shell.tell(`已吊销 ${tokenId} 号令牌 / token ${tokenId} is revoked`)
        return 0
      })
    },
  },
]

function permissionsOf(given: { readonly permissions?: string; readonly like?: string }): Permission[] {
  if (given.like !== undefined) {
    const preset = Object.entries(rolePresets).find(([name]) => name === given.like)?.[1]
    if (!preset) throw new UsageError(`没有岗位“${given.like}” / no role ${given.like}`)
    return [...preset.permissions]
  }
  const asked = need(given, 'permissions')
    .split(',')
    .map((text) => text.trim())
  const unknown = asked.filter((text) => !(allPermissions as string[]).includes(text))
  if (unknown.length > 0)
    throw new UsageError(
      `没有权限：${unknown.join('、')} / no such permission. 可用 / known:\n  ${allPermissions.join('\n  ')}`,
    )
  return knownPermissions(asked)
}

function daysOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > longestDays)
    throw new UsageError(
      `--days 应为 1 到 ${longestDays} 的整数 / --days must be a whole number from 1 to ${longestDays}`,
    )
  return days
}
