export const zh = { title: '员工与权限', what: '员工列表', columns: { name: '姓名', login: '登录名', roles: '角色' } }
