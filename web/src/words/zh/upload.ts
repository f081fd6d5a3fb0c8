export const zh = {
  link: {
    online: '在线',
    offline: (n: string) => `离线 · 待上传 ${n}`,
    offlineIdle: '离线',
    syncing: (n: string) => `同步中 · 剩 ${n}`,
    'signed-out': (n: string) => `登录已失效 · 待上传 ${n}`,
    known: (n: string) => `本机有 ${n} 个待验包裹，断网也能验`,
  },
  refusals: {
    title: '这些扫描服务器没有接受',
    stop: (parcelNo: string) => `包裹 ${parcelNo} 已退款，不要发出，请从交接区拿回`,
    one: (parcelNo: string, words: string) => `包裹 ${parcelNo}：${words}`,
    read: '知道了',
  },
}
