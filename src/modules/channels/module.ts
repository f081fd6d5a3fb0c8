import type { Module } from '../../platform/module.ts'
import { jobs, schedules } from './jobs.ts'
import { shopRoutes } from './routes.ts'

/** 渠道: shops and their authorisation, what channels tell us, and what must still be told to them. */
export const channels: Module = {
  name: 'channels',
  routes: shopRoutes,
  jobs,
  listeners: {},
  schedules,
}
