import type { zh } from '../zh/sign-in.ts'

export const en: typeof zh = {
  title: 'Sign in',
  name: 'Name',
  password: 'Password',
  show: 'Show password',
  hide: 'Hide password',
  go: 'Sign in',
  going: 'Signing in',
  needName: 'Enter your name',
  needPassword: 'Enter your password',
  other: '中文',
  sandbox: 'Sandbox: the shops, orders and buyers here are simulated',
  forgot: 'Forgotten it? The owner can reset it under People.',
}
