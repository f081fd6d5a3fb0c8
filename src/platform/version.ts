import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const file = path.join(import.meta.dirname, '../../package.json')

/** This program's version, as package.json says it. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
