import type { zh } from '../zh/set-up.ts'

export const en: typeof zh = {
  title: 'Set-up',
  step: (n) => `Step ${n} of 3`,
  questions: {
    title: 'Three questions first',
    why: 'They decide what you are shown first. All can be changed later.',
    ordersPerDay: 'About how many orders a day?',
    ordersPerDayAnswers: {
      'under-50': 'Under 50',
      '50-300': '50 to 300',
      '300-1000': '300 to 1,000',
      'over-1000': 'Over 1,000',
    },
    channels: 'Where do you sell? Choose all that apply',
    channelNames: {
      taobao: 'Taobao / Tmall',
      generic: 'My own website',
      jd: 'JD',
      pinduoduo: 'Pinduoduo',
      douyin: 'Douyin',
      'wechat-shop': 'WeChat Shop',
      xiaohongshu: 'Xiaohongshu',
    },
    people: 'How many people will use it?',
    peopleAnswers: { '1': 'Only me', '2-5': '2 to 5', '6-20': '6 to 20', 'over-20': 'Over 20' },
    missing: 'Answer all three questions',
    next: 'Next',
  },
  account: {
    title: 'The company and its owner',
    company: 'Company or brand',
    name: 'Your name',
    loginName: 'Sign-in name',
    loginHelp: '2 to 40 letters, figures, Chinese characters or . _ @ -',
    password: 'Password',
    passwordHelp: 'At least 8 characters, and not a common one',
    back: 'Back',
    deed: 'Create the company',
  },
  choice: {
    title: 'Where to begin?',
    ready: (company) => `${company} is ready. Choose one to begin; the others can be done at any time.`,
    shop: {
      title: 'Connect a shop',
      help: 'With the platform’s authorisation; orders then come in by themselves.',
      go: 'Connect',
    },
    file: {
      title: 'Import the first orders',
      help: 'Drop the CSV or Excel file exported from the platform; works without any interface.',
      go: 'Import',
    },
    sandbox: {
      title: 'Look around with sample data',
      help: 'Run npm run demo in another terminal: it opens a sandbox with a full day of orders, apart from the data here.',
      copy: 'command',
    },
    home: 'Go to Home first',
  },
  language: '中文',
}
