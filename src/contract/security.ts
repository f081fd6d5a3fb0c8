import { z } from 'zod'
import { allPermissions, type Permission, type RolePreset, rolePresets } from '../core/access/permissions.ts'
import { PersonName } from '../core/access/person-name.ts'
import { id, nothing, route } from './route.ts'

/** An instant in JSON: ISO 8601 in UTC. */
const at = z.iso.datetime()
const count = z.int().nonnegative()
const permission = z.enum(allPermissions as [Permission, ...Permission[]])
const preset = z.enum(Object.keys(rolePresets) as [RolePreset, ...RolePreset[]])

const loginName = z
  .string()
  .trim()
  .regex(/^[\p{Script=Han}A-Za-z0-9._@-]{2,40}$/u, '2 到 40 个汉字、字母、数字或 . _ @ -')
  .meta({ title: '登录名' })
/** The rules for new passwords are core/access/password.ts; a typed one is only bounded. */
const password = z.string().min(1).max(200).meta({ title: '密码' })
const companyName = z.string().trim().min(1).max(80).meta({ title: '公司名称' })
const roleIds = z.array(id).min(1).max(10).meta({ title: '角色' })

/** The three questions of the first visit (初始设置). */
const ordersPerDayAnswers = ['under-50', '50-300', '300-1000', 'over-1000'] as const
const peopleAnswers = ['1', '2-5', '6-20', 'over-20'] as const
export const SetUpAnswers = z.strictObject({
  ordersPerDay: z.enum(ordersPerDayAnswers).meta({ title: '每天多少单' }),
  /** Ids of channels; words of one's own for a channel that is not in the list. */
  channels: z.array(z.string().trim().min(1).max(40)).max(40).meta({ title: '在哪些渠道卖' }),
  people: z.enum(peopleAnswers).meta({ title: '几个人用' }),
})
export type SetUpAnswers = z.output<typeof SetUpAnswers>

/** What belongs to a person at every page: 语言 and 外观. `system` follows the device. */
export const Preferences = z.strictObject({
  language: z.enum(['zh', 'en']),
  theme: z.enum(['light', 'dark', 'system']),
})
export type Preferences = z.output<typeof Preferences>

const RoleName = z.strictObject({ id: z.int(), name: z.string(), preset: preset.nullable() })

/** Who is signed in, with all that a page must know before it shows anything. */
export const Me = z.strictObject({
  id: z.int(),
  loginName: z.string(),
  name: z.string(),
  roles: z.array(RoleName),
  permissions: z.array(permission),
  company: z.strictObject({ name: z.string(), answers: SetUpAnswers.nullable() }),
  isSandbox: z.boolean(),
  preferences: Preferences,
  /** Send it as `X-CSRF-Token` with every call that is not a GET. It belongs to this session. */
  csrfToken: z.string(),
  /** True after somebody else set the password: the page asks for a new one first. */
  mustChangePassword: z.boolean(),
})
export type Me = z.output<typeof Me>

export const readSetUp = route({
  method: 'GET',
  path: '/setup',
  permission: 'open',
  zh: '初始设置是否完成',
  input: nothing,
  output: z.strictObject({
    isDone: z.boolean(),
    isSandbox: z.boolean(),
    company: z.string().nullable(),
    version: z.string(),
  }),
})

/** Makes the company, the roles and the owner, who is then signed in. Throws SETUP_DONE, INPUT_INVALID (weak password). */
export const setUp = route({
  method: 'POST',
  path: '/setup',
  permission: 'open',
  zh: '初始设置：公司、店主账号、三个问题',
  input: z.strictObject({
    company: companyName,
    loginName,
    name: PersonName,
    password,
    answers: SetUpAnswers,
    preferences: Preferences.optional(),
  }),
  output: Me,
})

/** Sets the session cookie. Throws SIGN_IN_REFUSED, SIGN_IN_THROTTLED (says the seconds). */
export const signIn = route({
  method: 'POST',
  path: '/session',
  permission: 'open',
  zh: '登录',
  input: z.strictObject({ loginName: z.string().trim().min(1).max(80).meta({ title: '登录名' }), password }),
  output: Me,
})

export const signOut = route({
  method: 'DELETE',
  path: '/session',
  permission: 'signed-in',
  zh: '退出登录',
  input: nothing,
  output: nothing,
})

/** Ends every session of this person, this one too. */
export const signOutEverywhere = route({
  method: 'DELETE',
  path: '/sessions',
  permission: 'signed-in',
  zh: '退出所有设备',
  input: nothing,
  output: z.strictObject({ ended: count }),
})

export const readMe = route({
  method: 'GET',
  path: '/me',
  permission: 'signed-in',
  zh: '我是谁、能做什么',
  input: nothing,
  output: Me,
})

/** Other sessions of this person end. Throws INPUT_INVALID (`currentPassword` wrong, `newPassword` weak), SIGN_IN_THROTTLED. */
export const changeOwnPassword = route({
  method: 'PUT',
  path: '/me/password',
  permission: 'signed-in',
  zh: '修改自己的密码',
  input: z.strictObject({
    currentPassword: password.meta({ title: '原密码' }),
    newPassword: password.meta({ title: '新密码' }),
  }),
  output: nothing,
})

export const changePreferences = route({
  method: 'PUT',
  path: '/me/preferences',
  permission: 'signed-in',
  zh: '改语言与外观',
  input: Preferences,
  output: Preferences,
})

export const changeCompany = route({
  method: 'PUT',
  path: '/company',
  permission: 'system.manage',
  zh: '改公司名称',
  input: z.strictObject({ name: companyName }),
  output: nothing,
})

export const Person = z.strictObject({
  id: z.int(),
  loginName: z.string(),
  name: z.string(),
  roles: z.array(RoleName),
  isActive: z.boolean(),
  mustChangePassword: z.boolean(),
  lastSignedInAt: at.nullable(),
  createdAt: at,
  /** Rises with each change; send it back with yours. */
  version: z.int(),
})
export type Person = z.output<typeof Person>

export const listPeople = route({
  method: 'GET',
  path: '/people',
  permission: 'people.manage',
  zh: '员工列表',
  input: nothing,
  output: z.strictObject({ people: z.array(Person) }),
})

/**
 * Without `password` one is made up and shown once. Nobody can give rights that they lack.
 * Throws PERSON_NAME_TAKEN, ROLE_NOT_FOUND, PERMISSION_NEEDED, INPUT_INVALID (weak password).
 */
export const createPerson = route({
  method: 'POST',
  path: '/people',
  permission: 'people.manage',
  zh: '新建员工',
  input: z.strictObject({ loginName, name: PersonName, roleIds, password: password.optional() }),
  output: z.strictObject({ person: Person, password: z.string().nullable() }),
})

const personInput = z.strictObject({ personId: id })

/** `isActive: false` is 停用: the person's sessions end at once. Throws PERSON_NOT_FOUND, PERSON_NAME_TAKEN, ROLE_NOT_FOUND, LAST_OWNER, CHANGED_MEANWHILE, PERMISSION_NEEDED. */
export const changePerson = route({
  method: 'PATCH',
  path: '/people/:personId',
  permission: 'people.manage',
  zh: '改员工姓名、登录名、角色，停用或启用',
  input: z.strictObject({
    personId: id,
    version: z.int(),
    loginName: loginName.optional(),
    name: PersonName.optional(),
    roleIds: roleIds.optional(),
    isActive: z.boolean().optional(),
  }),
  output: Person,
})

/** Makes up a password, shown once; the person must change it. All their sessions end. Throws PERSON_NOT_FOUND, PERMISSION_NEEDED. */
export const resetPassword = route({
  method: 'POST',
  path: '/people/:personId/password',
  permission: 'people.manage',
  zh: '重设员工密码',
  input: personInput,
  output: z.strictObject({ password: z.string() }),
})

/** Ends every session of a person (踢下线). Throws PERSON_NOT_FOUND. */
export const endSessions = route({
  method: 'DELETE',
  path: '/people/:personId/sessions',
  permission: 'people.manage',
  zh: '让员工退出所有设备',
  input: personInput,
  output: z.strictObject({ ended: count }),
})

export const Role = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** The ready-made role it began as, or null. */
  preset: preset.nullable(),
  permissions: z.array(permission),
  /** True for the owner: every right, and not to be changed. */
  isFixed: z.boolean(),
  people: count,
  version: z.int(),
})
export type Role = z.output<typeof Role>

export const listRoles = route({
  method: 'GET',
  path: '/roles',
  permission: 'people.manage',
  zh: '角色列表',
  input: nothing,
  output: z.strictObject({ roles: z.array(Role) }),
})

const roleName = z.string().trim().min(1).max(20).meta({ title: '角色名' })
const rolePermissions = z.array(permission).max(allPermissions.length).meta({ title: '权限' })

/** Throws ROLE_NAME_TAKEN, PERMISSION_NEEDED (a right the giver lacks). */
export const createRole = route({
  method: 'POST',
  path: '/roles',
  permission: 'people.manage',
  zh: '新建角色',
  input: z.strictObject({ name: roleName, permissions: rolePermissions }),
  output: Role,
})

/** Throws ROLE_NOT_FOUND, ROLE_FIXED, ROLE_NAME_TAKEN, CHANGED_MEANWHILE, PERMISSION_NEEDED. */
export const changeRole = route({
  method: 'PUT',
  path: '/roles/:roleId',
  permission: 'people.manage',
  zh: '改角色',
  input: z.strictObject({ roleId: id, version: z.int(), name: roleName, permissions: rolePermissions }),
  output: Role,
})

/** Throws ROLE_NOT_FOUND, ROLE_FIXED, ROLE_IN_USE. */
export const deleteRole = route({
  method: 'DELETE',
  path: '/roles/:roleId',
  permission: 'people.manage',
  zh: '删除角色',
  input: z.strictObject({ roleId: id }),
  output: nothing,
})

export const ApiToken = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** The first letters, to tell tokens apart: `td_4fQx…`. */
  start: z.string(),
  permissions: z.array(permission),
  createdBy: z.string(),
  createdAt: at,
  /** Null: does not run out. */
  expiresAt: at.nullable(),
  lastUsedAt: at.nullable(),
  revokedAt: at.nullable(),
  state: z.enum(['good', 'expired', 'revoked']),
})
export type ApiToken = z.output<typeof ApiToken>

export const listTokens = route({
  method: 'GET',
  path: '/tokens',
  permission: 'tokens.manage',
  zh: '接口令牌列表',
  input: nothing,
  output: z.strictObject({ tokens: z.array(ApiToken) }),
})

/** The plain token is shown this once; use it as `Authorization: Bearer td_…`. Throws PERMISSION_NEEDED (a right the giver lacks). */
export const createToken = route({
  method: 'POST',
  path: '/tokens',
  permission: 'tokens.manage',
  zh: '新建接口令牌',
  input: z.strictObject({
    name: z.string().trim().min(1).max(40).meta({ title: '用途' }),
    permissions: rolePermissions.min(1),
    /** Null: does not run out. */
    expiresInDays: z.int().min(1).max(3_650).nullable().meta({ title: '有效天数' }),
  }),
  output: z.strictObject({ token: ApiToken, plain: z.string() }),
})

/** At once and for good. Throws TOKEN_NOT_FOUND. */
export const revokeToken = route({
  method: 'DELETE',
  path: '/tokens/:tokenId',
  permission: 'tokens.manage',
  zh: '吊销接口令牌',
  input: z.strictObject({ tokenId: id }),
  output: nothing,
})

/** One line of the audit trail (审计日志): who did or saw what, when, why. Nothing in it is personal data of a buyer. */
export const AuditLine = z.strictObject({
  id: z.int(),
  at,
  actorKind: z.enum(['person', 'token', 'system']),
  actorId: z.int().nullable(),
  actorName: z.string(),
  /** Key of `deeds` in core/access/deeds.ts, or `METHOD /path` of a call that wrote no line of its own. */
  deed: z.string(),
  /** The deed in Chinese. */
  zh: z.string(),
  /** What it was done to: `order`, `shop`, `person` …, and which one. */
  object: z.string(),
  objectId: z.string().nullable(),
  /** Why plain personal data was looked at, or null. */
  purpose: z.string().nullable(),
  /** Often `before` and `after`. */
  details: z.record(z.string(), z.unknown()),
})
export type AuditLine = z.output<typeof AuditLine>

const auditFilter = z.strictObject({
  /** From this instant, to before that one. */
  from: at.optional(),
  to: at.optional(),
  personId: id.optional(),
  tokenId: id.optional(),
  deed: z.string().max(80).optional(),
  object: z.string().max(40).optional(),
  objectId: z.string().max(80).optional(),
  /** Only views of plain personal data. */
  onlyPersonal: z.stringbool().optional(),
})

/** Newest first. */
export const listAudit = route({
  method: 'GET',
  path: '/audit',
  permission: 'audit.read',
  zh: '审计日志',
  input: auditFilter.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** From `next` of the page before. */
    after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
  }),
  output: z.strictObject({ lines: z.array(AuditLine), next: z.string().nullable() }),
})

/** CSV in UTF-8 with a byte order mark, at most 100,000 lines, newest first. The export itself is in the trail. */
export const exportAudit = route({
  method: 'GET',
  path: '/audit/export',
  permission: 'audit.read',
  zh: '导出审计日志',
  input: auditFilter,
  output: nothing,
  answers: 'file',
})
