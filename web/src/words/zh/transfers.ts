export const zh = {
  title: '导入导出',
  what: '导入记录',
}
