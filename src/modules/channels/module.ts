import type { Module } from '../../platform/module.ts'
import type { ImportSeams } from './imports/kinds.ts'
import { importJobs, importRoutes } from './imports/routes.ts'
import { jobs, schedules } from './jobs.ts'
import { shopRoutes } from './routes.ts'

/**
 * 渠道: shops and their authorisation, what channels tell us, what must still be told to them, and files in either direction. `seams` are
 * what imports need of modules above.
 */
export const channelsWith = (seams: ImportSeams): Module => ({
  name: 'channels',
  routes: [...shopRoutes, ...importRoutes(seams)],
  jobs: [...jobs, ...importJobs(seams)],
  listeners: {},
  schedules,
})
