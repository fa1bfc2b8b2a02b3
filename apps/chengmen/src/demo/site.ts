import { demo } from './types.ts';

/** Valid in form, invented, and marked as a demonstration: none of these numbers belongs to anybody. */
export const site = demo('site', 'site', {
  name: '临江市人民政府',
  shortName: '临江',
  englishName: 'Linjiang Municipal People’s Government',
  domain: 'www.linjiang.example',
  origin: 'https://www.linjiang.example',
  identificationCode: '9901000001',
  icp: '苏ICP备99000001号',
  policeFiling: '苏公网安备 99010002000001号',
  conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE',
  sponsor: '临江市人民政府办公室',
  organiser: '临江市数据局',
  copyright: '临江市人民政府',
  phone: '0999-8810001',
  email: 'webmaster@linjiang.example',
  address: '临江市城北区望江路1号',
  postcode: '990000',
  demonstration: '演示网站：临江市为虚构城市，所有内容均为示例。',
  traditional: { variant: 'hk' },
  search: {
    synonyms: [
      ['公积金', '住房公积金'],
      ['社保', '社会保险', '五险'],
      ['医保', '医疗保险'],
      ['身份证', '居民身份证'],
      ['营业执照', '企业开办', '公司注册'],
      ['驾照', '驾驶证'],
      ['小升初', '义务教育入学'],
      ['加装电梯', '增设电梯'],
    ],
  },
  home: {
    focus: 'headlines',
    blocks: [
      { channel: 'notices', count: 6 },
      { channel: 'policies', count: 6 },
      { channel: 'services', count: 8 },
      { channel: 'letters', count: 5 },
      { channel: 'projects', count: 6 },
      { channel: 'opendata', count: 4 },
      { channel: 'statistics', count: 4 },
      { channel: 'pictures', count: 6 },
    ],
  },
});
