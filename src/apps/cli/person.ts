import { type RolePreset, rolePresets } from '../../core/access/permissions.ts'
import { addPerson, setPasswordOf } from '../../modules/security/index.ts'
import { type Command, need, readArgs, type Shell, UsageError } from './command.ts'
import { withCtx } from './open.ts'

const roles = Object.keys(rolePresets) as RolePreset[]

/** 员工. */
export const personCommands: readonly Command[] = [
  {
    words: 'person add',
    usage: `--login <登录名> --name <姓名> --role <${roles.join('|')}> [--company <公司名称>] [--password-stdin]`,
    zh: '新建员工；不从标准输入给密码时生成一个并显示。还没有初始设置时，用 --company 新建公司和店主',
    en: 'Adds a person; without --password-stdin a password is made up and printed. Before set-up, --company makes the company and its owner',
    run: async (args, shell) => {
      const { given, flags } = readArgs(args, {
        login: 'text',
        name: 'text',
        role: 'text',
        company: 'text',
        'password-stdin': 'flag',
      })
      const role = roleOf(need(given, 'role'))
      const person = { loginName: need(given, 'login'), name: need(given, 'name'), role }
      const password = flags.has('password-stdin') ? await passwordFrom(shell) : undefined
      return withCtx(shell, async ({ ctx }) => {
        const made = await addPerson(ctx, { ...person, password, company: given.company })
        shell.tell(`已新建员工 ${person.loginName} / ${person.loginName} is added`)
        if (made.password !== null) shell.out(made.password)
        return 0
      })
    },
  },
  {
    words: 'person password',
    usage: '<登录名> [--password-stdin]',
    zh: '重设员工密码并让其退出所有设备；不从标准输入给密码时生成一个并显示',
    en: "Sets a person's password anew and ends their sessions; without --password-stdin one is made up and printed",
    run: async (args, shell) => {
      const { alone, flags } = readArgs(args, { 'password-stdin': 'flag' })
      const loginName = alone[0]
      if (loginName === undefined) throw new UsageError('要给出登录名 / give the login name')
      const password = flags.has('password-stdin') ? await passwordFrom(shell) : undefined
      return withCtx(shell, async ({ ctx }) => {
        const made = await setPasswordOf(ctx, { loginName, password })
        shell.tell(`已重设 ${loginName} 的密码 / the password of ${loginName} is set`)
        if (made.password !== null) shell.out(made.password)
        return 0
      })
    },
  },
]

function roleOf(text: string): RolePreset {
  const role = roles.find((name) => name === text)
  if (!role) throw new UsageError(`没有岗位“${text}” / no role ${text}`)
  return role
}

async function passwordFrom(shell: Shell): Promise<string> {
  const password = (await shell.readInput()).replace(/\r?\n$/, '')
  if (password === '') throw new UsageError('标准输入里没有密码 / there is no password on standard input')
  return password
}
