export const zh = { title: '系统', what: '系统状态', columns: { job: '任务', waiting: '排队', failed: '失败' } }
