export const zh = {
  beside: '为哪家店铺报送',
  besideHelp: '那家店铺的订单发货后，这里自动把同一个包裹也报给平台',
  besideNeeded: '请选择有订单的店铺',
  besideNone: '还没有自己有订单的店铺，请先连接一家',
  modeHelp: '自己没有订单，只把另一家店铺的发货报给平台',
  reports: '报送',
  stageTip: { live: '那家店铺发的每个包裹都会报给平台', 'read-only': '先不报给平台，发货的包裹留着，改为正式后再报' },
  tells: (shop: string) => `为“${shop}”报送发货`,
  begin: '开始报送',
  beginHelp: '从现在起发货的包裹会自动报送；以前发的不补报。',
  begun: (shop: string) => `已开始为“${shop}”报送发货`,
}
