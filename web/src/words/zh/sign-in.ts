export const zh = {
  title: '登录',
  name: '登录名',
  password: '密码',
  show: '显示密码',
  hide: '隐藏密码',
  go: '登录',
  going: '正在登录',
  needName: '请填写登录名',
  needPassword: '请填写密码',
  other: 'English',
  sandbox: '沙箱：这里的店铺、订单和买家都是模拟的',
  forgot: '忘记密码时，请店主在“员工与权限”里重设。',
}
