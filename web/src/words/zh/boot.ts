export const zh = {
  product: '统单',
  unreachable: '连不上服务器，请检查网络后重试',
  again: '重试',
  languages: { zh: '中文', en: 'English' },
}
