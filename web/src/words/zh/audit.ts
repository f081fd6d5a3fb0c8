export const zh = { title: '审计', what: '审计日志', columns: { at: '时间', who: '谁', deed: '做了什么' } }
