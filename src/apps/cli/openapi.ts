import { openApiDocument } from '../../platform/http/openapi.ts'
import { version } from '../../platform/version.ts'
import { allModules } from '../modules.ts'
import { type Command, readArgs } from './command.ts'

/** 接口文档. */
export const openApiCommands: readonly Command[] = [
  {
    words: 'openapi',
    usage: '',
    zh: '输出接口的 OpenAPI 3.1 文档（JSON）',
    en: 'Prints the OpenAPI 3.1 document of the API (JSON)',
    run: async (args, shell) => {
      readArgs(args, {})
      shell.out(JSON.stringify(openApiDocument(allModules(), version), null, 2))
      return 0
    },
  },
]
