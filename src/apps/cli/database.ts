import { migrate } from '../../platform/db/migrate.ts'
import { prepareJobs } from '../../platform/jobs/work.ts'
import { type Command, readArgs } from './command.ts'
import { withDatabase } from './open.ts'

/** 数据库. */
export const databaseCommands: readonly Command[] = [
  {
    words: 'migrate',
    usage: '',
    zh: '把数据库升级到本程序的版本；启动时也会自动做',
    en: 'Brings the database to the form of this program; starting does it too',
    run: async (args, shell) => {
      readArgs(args, {})
      return withDatabase(shell, async (database) => {
        const applied = await migrate(database)
        await prepareJobs(database.pool)
        for (const name of applied) shell.out(name)
        shell.tell(`已执行 ${applied.length} 个迁移 / ${applied.length} migrations applied`)
        return 0
      })
    },
  },
]
