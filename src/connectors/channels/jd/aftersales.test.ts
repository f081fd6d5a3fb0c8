import { describe, expect, test } from 'vitest'
import { ChannelCase } from '../../../core/channel/shapes.ts'
import type { CaseAnswer } from '../../../kit/channel.ts'
import { applicationCase, serviceCase } from './cases.ts'
import { jd } from './index.ts'
import { answerOf, platform, refusal } from './made-up.ts'
import { parseApplication, parseService } from './order-refunds.ts'
import asc from './samples/asc-query-list.json' with { type: 'json' }
import view from './samples/asc-serviceandrefund-view.json' with { type: 'json' }
import full from './samples/pop-order-get-full.json' with { type: 'json' }
import refunds from './samples/refundapply-querypagelist.json' with { type: 'json' }
import replied from './samples/refundapply-replyrefund-ok.json' with { type: 'json' }

const operations = jd.operations as Required<typeof jd.operations>
const [open, done] = refunds.jingdong_pop_afs_soa_refundapply_queryPageList_responce.queryResult.result
const [service] = asc.jingdong_asc_query_list_responce.pageResult.data

const applications = (...result: object[]) =>
  answerOf('jingdong.pop.afs.soa.refundapply.queryPageList', { queryResult: { totalCount: result.length, result } })
const services = (...data: object[]) =>
  answerOf('jingdong.asc.query.list', { pageResult: { success: true, totalCount: data.length, data } })

test('an application in our words', () => {
  expect(ChannelCase.parse(applicationCase(parseApplication(open)))).toEqual({
    channelCaseNo: '24800000001',
    channelOrderNo: '301288800001',
    channelLineNo: null,
    channelStatus: '0',
    state: 'requested',
    kind: 'refund-only',
    refundFen: 8900,
    quantity: null,
    reason: '不想要了',
    beforeShipping: true,
    returnWaybillNo: null,
    createdAt: '2025-10-16T03:20:05.000Z',
    modifiedAt: '2025-10-16T03:20:05.000Z',
  })
  expect(applicationCase(parseApplication(done))).toMatchObject({
    state: 'success',
    refundFen: 39700,
    modifiedAt: '2025-10-16T01:39:45.000Z',
  })
})

test.each([
  [{ status: 6 }, false],
  [{ systemId: 12 }, false],
  [{ status: 1 }, true],
])('an application with %j was before shipping: %j', (change, beforeShipping) => {
  expect(applicationCase(parseApplication({ ...open, ...change }))).toMatchObject({ beforeShipping })
})

test('a service order in our words', () => {
  expect(ChannelCase.parse(serviceCase(parseService(service), []))).toEqual({
    channelCaseNo: 'asc-2440000001',
    channelOrderNo: '301190044818',
    channelLineNo: '100200300402',
    channelStatus: '10005',
    state: 'wait-return',
    kind: 'return-and-refund',
    refundFen: 8900,
    quantity: 1,
    reason: '退货',
    beforeShipping: false,
    returnWaybillNo: null,
    createdAt: '2025-10-15T01:16:55.000Z',
    modifiedAt: '2025-10-16T02:03:09.000Z',
  })
})

test.each([
  [{ customerExpect: 20 }, { kind: 'exchange', refundFen: 0 }],
  [{ customerExpect: 30 }, { kind: 'repair', refundFen: 0 }],
  [{ customerExpect: 80 }, { kind: 'reship', refundFen: 0 }],
  [{ customerExpect: 11 }, { kind: 'refund-only', refundFen: 8900 }],
  [{ customerExpect: 90 }, { kind: 'other', refundFen: 0 }],
  [{ serviceStatus: 10010, processResult: 70 }, { state: 'success' }],
  [{ serviceStatus: 10010, approveResult: 34 }, { state: 'success' }],
  [{ serviceStatus: 10010, approveResult: 91 }, { state: 'success' }],
  [{ serviceStatus: 10010, processResult: 2 }, { state: 'closed' }],
])('a service order with %j is %j', (change, expected) => {
  expect(serviceCase(parseService({ ...service, ...change }), [])).toMatchObject(expected)
})

describe('cases of a span', () => {
  const span = { from: Date.parse('2025-10-16T01:00:00Z'), to: Date.parse('2025-10-16T04:00:00Z') }
  const pull = (at: ReturnType<typeof platform>, cursor: string | null) =>
    operations['aftersales.pull'](at.account, { span, cursor })

  test('are read from three lists, each case once', async () => {
    const at = platform([applications(open!), applications(open!, done!), services(service!)])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<(typeof operations)['aftersales.pull']>> = await pull(at, cursor)
      expect(page.total).toBeNull()
      seen.push(...page.rows.map((row) => row.case.channelCaseNo))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toEqual(['24800000001', '24800000002', 'asc-2440000001'])
    const times = { Start: '2025-10-16 09:00:00', End: '2025-10-16 11:59:59' }
    expect(at.calls.map(({ params }) => params)).toMatchObject([
      { applyTimeStart: times.Start, applyTimeEnd: times.End, pageIndex: 1, pageSize: 50 },
      { checkTimeStart: times.Start, checkTimeEnd: times.End },
      { updateTimeBegin: times.Start, updateTimeEnd: times.End, buId: '10999001' },
    ])
  })

  test('walk each list from its last page', async () => {
    const many = answerOf('jingdong.pop.afs.soa.refundapply.queryPageList', {
      queryResult: { totalCount: 51, result: [open] },
    })
    const at = platform([many, many, many])
    const first = await pull(at, null)
    expect(first.next).toBe('applied:1')
    expect((await pull(at, first.next)).next).toBe('checked')
    expect(at.calls.map(({ params }) => params.pageIndex)).toEqual([1, 2, 1])
  })

  test('of finished service orders tell what was paid out', async () => {
    const finished = { ...service, serviceStatus: 10010, processResult: 70, actualPayPrice: 100 }
    const at = platform([services(finished), view])
    const { rows, next } = await pull(at, 'services')
    expect(rows[0]?.case).toMatchObject({ state: 'success', refundFen: 8900 })
    expect(JSON.parse(rows[0]!.raw)).toMatchObject({ services: [{ serviceId: '2440000001' }] })
    expect(next).toBeNull()
  })
})

describe('one case', () => {
  const get = (at: ReturnType<typeof platform>, channelCaseNo: string, channelOrderNo: string) =>
    operations['aftersales.get'](at.account, { channelCaseNo, channelOrderNo })

  test('is found among those of its order', async () => {
    const at = platform([applications(open!), services(service!)])
    expect((await get(at, '24800000001', '301288800001')).case).toEqual(applicationCase(parseApplication(open)))
    expect((await get(at, 'asc-2440000001', '301190044818')).case).toEqual(serviceCase(parseService(service), []))
  })

  test('nobody opened is not found', async () => {
    await refusal(get(platform([applications(open!)]), '99', '301288800001'), 'CHANNEL_NOT_FOUND')
    await refusal(get(platform([services(service!)]), 'asc-99', '301190044818'), 'CHANNEL_NOT_FOUND')
  })
})

describe('an answer', () => {
  const agree: CaseAnswer = {
    channelCaseNo: '24800000001',
    channelOrderNo: '301288800001',
    decision: 'agree',
    amountFen: 8900,
    message: '同意退款',
  }
  const answer = (at: ReturnType<typeof platform>, change: Partial<CaseAnswer> = {}) =>
    operations['aftersales.answer'](at.account, { ...agree, ...change })

  test('agrees', async () => {
    const at = platform([applications(open!), full, replied])
    await answer(at)
    expect(at.calls[2]).toMatchObject({
      method: 'jingdong.pop.afs.soa.refundapply.replyRefund',
      params: { id: '24800000001', status: 1, checkUserName: '统单', remark: '同意退款', outWareStatus: 2 },
    })
    expect(at.calls[2]?.params).not.toHaveProperty('rejectType')
    expect(at.requests[2]?.isWrite).toBe(true)
  })

  test('refuses with a kind of refusal', async () => {
    const at = platform([applications(open!), full, replied])
    await answer(at, { decision: 'refuse', amountFen: 0, message: '已经打包' })
    expect(at.calls[2]?.params).toMatchObject({ status: 2, rejectType: 6, remark: '已经打包' })
  })

  test.each([
    [1, 'agree'],
    [3, 'agree'],
    [2, 'refuse'],
  ] as const)('to an application at %d that is to %s is done', async (status, decision) => {
    await refusal(answer(platform([applications({ ...open, status })]), { decision }), 'CHANNEL_ALREADY_DONE')
  })

  test('to another amount than the merchant saw is not given', async () => {
    await refusal(answer(platform([applications(open!)]), { amountFen: 8800 }), 'CHANGED_MEANWHILE')
  })

  test('to a service order names the place where it can be given', async () => {
    const failure = await refusal(answer(platform([]), { channelCaseNo: 'asc-2440000001' }), 'CHANNEL_REFUSED')
    expect(failure.details.reason).toContain('京东商家后台')
  })

  test('without a word of success is unclear', async () => {
    const silent = answerOf('jingdong.pop.afs.soa.refundapply.replyRefund', { replyResult: {} })
    await refusal(answer(platform([applications(open!), full, silent])), 'CHANNEL_UNCLEAR')
  })
})
