import type { FieldsOf } from '@chengmen/model';
import { figure, h2, ol, p, table, ul } from './markup.ts';
import { demo, type DemoItem } from './types.ts';

type Channel = FieldsOf<'channel'>;

const office = 'General Office of the Linjiang Municipal People’s Government';

/** The English edition: a channel of the top level that says it is one, and the channels below it. */
export const englishChannels: readonly DemoItem[] = [
  demo('channel', 'english', {
    name: 'English',
    segment: 'en',
    parent: null,
    position: 100,
    layout: 'landing',
    type: 'English edition',
    description: 'News, services and practical information about Linjiang in English.',
    keywords: ['Linjiang', 'English'],
    navigation: true,
    edition: {
      language: 'en',
      languageName: 'English',
      missing: 'This page has not been translated into English.',
      name: 'Linjiang Municipal People’s Government',
      shortName: 'Linjiang',
      sponsor: office,
      organiser: 'Linjiang Data Bureau',
      copyright: 'Linjiang Municipal People’s Government',
      address: '1 Wangjiang Road, Chengbei District, Linjiang',
      demonstration: 'Demonstration: Linjiang is an invented city, and everything on this site is an example.',
      home: {
        focus: 'en-news',
        words: ['ferry', 'residence permit', 'lake', 'hospital'],
        blocks: [
          { show: 'focus' },
          { channel: 'en-services', count: 4 },
          { channel: 'en-living', count: 4 },
          { channel: 'en-visiting', count: 4 },
          { channel: 'en-about', count: 3 },
          { channel: 'en-business', count: 3 },
        ],
      },
    },
  }),
  channel('en-news', 'News', 1, 'What the city is doing, and how it is going.', { translates: 'headlines' }),
  channel('en-visiting', 'Visiting', 2, 'Getting here, getting about, and what is worth getting up early for.'),
  channel('en-living', 'Living here', 3, 'Schools, doctors, buses and the rainy season.'),
  channel('en-services', 'Services', 4, 'What to bring, where to go, how long it takes.', {
    layout: 'services',
    translates: 'services',
  }),
  channel('en-business', 'Doing business', 5, 'Opening a company, and the people who answer the telephone.'),
  channel('en-about', 'About Linjiang', 6, 'Where the city is, how old it is, and what it lives on.', {
    translates: 'city-facts',
  }),
  channel('en-government', 'Government', 7, 'Who governs the city, and which office does what.', { layout: 'landing' }),
  channel('en-leaders', 'Leaders', 1, 'The mayor and vice mayors, what each is responsible for, and whom they lead.', {
    parent: 'en-government',
    layout: 'people',
    translates: 'leaders',
  }),
  channel('en-departments', 'Departments', 2, 'What each office does, where it is and when it is open.', {
    parent: 'en-government',
    layout: 'departments',
    translates: 'departments',
  }),
];

function channel(
  id: string,
  name: string,
  position: number,
  description: string,
  more: Partial<Channel> = {},
): DemoItem<'channel'> {
  return demo('channel', id, {
    name,
    segment: id.replace('en-', ''),
    parent: 'english',
    position,
    layout: 'list',
    type: name,
    description,
    keywords: ['Linjiang', name],
    navigation: true,
    ...more,
  });
}

const subjects: Readonly<Record<string, string>> = {
  'en-news': 'news',
  'en-visiting': 'travel',
  'en-living': 'everyday life',
  'en-business': 'business',
  'en-about': 'about the city',
};

type Page = Pick<FieldsOf<'article'>, 'title' | 'date' | 'source' | 'summary' | 'image' | 'translates' | 'body'>;

const page = (id: string, place: string, fields: Page): DemoItem =>
  demo('article', `en-${id}`, { ...fields, channel: place, keywords: ['Linjiang', subjects[place] ?? 'English'] });

/** Some translate a Chinese page, which holds; others are written for those who read English here and have no Chinese page. */
export const english: readonly DemoItem[] = [
  page('bridge-tower', 'en-news', {
    title: 'North tower of the third Lan River bridge reaches its full height',
    date: '2026-11-20 11:00',
    source: office,
    summary:
      'The last concrete went up 168 metres on 18 November. The bridge is 48 per cent complete and opens in June 2028.',
    image: 'picture-bridge',
    translates: 'headline-bridge-tower',
    body: p(
      'At twenty past ten on the morning of 18 November, the last bucket of concrete reached the top of the 168-metre north tower, and the taller half of the third Lan River bridge was done. Mayor Lu Zhiyuan and Vice Mayor Gu Qingchuan visited the builders the next day.',
      'The bridge is 4.8 kilometres long. Work began in March 2025; it is now 48 per cent complete. The south tower follows in January, the two halves of the deck meet in October 2027, and traffic crosses in June 2028.',
      'In the workers’ canteen the mayor asked about the food first and the schedule second. On hearing that three hundred people queue twenty minutes a day for one lift, he asked the contractor to work out what a second one would cost. “Twenty minutes times three hundred is a hundred hours.”',
      'Piling at night brought complaints from the far bank in May. The method was changed, and the bridge was not delayed. “We build bridges to bring the two banks closer,” the mayor said. “We had better not quarrel with one of them before it opens.”',
    ),
  }),
  page('metro-names', 'en-news', {
    title: 'What should a station be called? 1,326 opinions in one week',
    date: '2026-11-10 10:00',
    source: 'Linjiang Transport Bureau',
    summary: 'Old boatmen, schoolchildren and a retired postman have written in about the names of metro Line 1.',
    image: 'picture-line',
    translates: 'headline-metro-names',
    body: p(
      'The names proposed for the stations of metro Line 1 have been open for comment since 2 November. By the 8th, 1,326 people had written. Nine in ten of them want three old place names back: Little Wharf, Drum Tower Lane and Reed Mouth.',
      'A retired boatman of eighty-four wrote that there used to be two wharves, a large and a small one, and that the plan had marked the wrong one: the real Little Wharf lay 120 paces further east. Officials walked the bank with a river chart from before the war. He was right. The station stays where it is; the signs at its exits have been corrected.',
      'A class of eight-year-olds asked for a plaque in every station to say where its name comes from. That was accepted. The text will be “at most 120 characters, and clear to a third-grader”.',
      'Comments close on 1 December.',
    ),
  }),
  page('lake-water', 'en-news', {
    title: 'Egret Lake is cleaner than it has been for eleven years',
    date: '2026-10-17 09:30',
    source: 'Linjiang Water Bureau',
    summary: 'The middle of the lake has moved up a class. The bureau advises against celebrating yet.',
    image: 'picture-lake',
    translates: 'headline-lake-water',
    body:
      p(
        'Water in the middle of Egret Lake reached Class III of the national standard in the third quarter, for the first time in eleven years. All other points on the lake and the river kept the class they had.',
      ) +
      table(
        'Water quality, third quarter of 2026',
        ['Point', 'Class', 'A year before'],
        [
          ['Egret Lake, middle', 'III', 'IV'],
          ['Mouth of the Cloud Brook', 'III', 'III'],
          ['Qingdu port', 'III', 'III'],
        ],
      ) +
      p(
        'The improvement follows the first phase of the clean-up, finished in June: 64 kilometres of sewers round the lake now keep 23,000 tonnes of waste water out of it every day.',
        'One good quarter proves little, says Jiang Cheng, who heads the bureau. It was a dry autumn, and less was washed in. Phosphorus at the mouth of the Cloud Brook, at 0.12 milligrams a litre, is still too high.',
        'Old Zhou, who fished here for forty years and now guards the birds, does not read the figures. He looks at the water chestnuts. “The grey film on the leaves is gone.”',
      ),
  }),
  page('holiday', 'en-news', {
    title: 'The riverbank ran out of chairs, so three schools lent theirs',
    date: '2026-10-09 10:00',
    source: 'Linjiang Bureau of Culture and Tourism',
    summary: 'Linjiang had 1.86 million visitors in the October holiday. Many of them wanted to sit down.',
    translates: 'headline-holiday',
    body: p(
      'From 1 to 7 October, Linjiang had 1.86 million visitors, 9.4 per cent more than last year, and no serious accident.',
      'Most of them went to the riverbank: 87,000 people a day. On the second day the park brought out all 120 folding chairs it owns. They were not enough, and it borrowed 260 more from three schools nearby. The children were on holiday; the chairs were not.',
      'The old city library, with 4,120 readers a day, overtook the museum for the first time. The question visitors asked most often there was whether one might sit for a while. One may.',
      'The 12345 line took 613 calls about the holiday, 285 of them about parking. All have been answered, and 23,600 yuan overcharged in restaurants has been paid back. A shuttle bus to the riverbank starts next month.',
    ),
  }),
  page('say-linjiang', 'en-visiting', {
    title: 'How to say Linjiang, and what to do when nobody understands you',
    date: '2026-11-12 09:00',
    source: 'Linjiang Bureau of Culture and Tourism',
    summary: 'Two syllables, both with the voice held in the right place, and a card to show to taxi drivers.',
    body:
      p(
        'Linjiang is written 临江. The first character, <em>lín</em>, means “beside” and rises, as your voice does in “Really?”. The second, <em>jiāng</em>, means “river” and stays high and level. The river itself is called 澜水, <em>Lán Shuǐ</em>.',
        'If that does not work, show this page. The words below are large enough to be read across a counter.',
      ) +
      table(
        'Words to show',
        ['English', 'Chinese'],
        [
          ['Linjiang railway station', '临江站'],
          ['The ferry at Little Wharf', '小码头轮渡'],
          ['City service hall', '临江市政务服务中心'],
          ['Hospital', '医院'],
          ['I would like to sit down for a while', '我想坐着歇一会儿'],
        ],
      ) +
      p(
        'The 12345 line has somebody who speaks English from seven in the morning until ten at night. It costs nothing.',
      ),
  }),
  page('day-on-the-river', 'en-visiting', {
    title: 'One day, one river, one yuan',
    date: '2026-10-22 09:00',
    source: 'Linjiang Bureau of Culture and Tourism',
    summary: 'A day in Linjiang by ferry and on foot, for people who would rather walk than queue.',
    image: 'picture-city',
    body:
      ol(
        'Begin at the city gate. It was built in the sixteenth century and is 4.2 metres wide, so that two carts could pass each other. There is no ticket office, because it is a street.',
        'Walk north under the plane trees of the old street. There are thirty-six. Nine of them were to be felled this summer; a letter from a resident saved them.',
        'At the river, have noodles where the boatmen do. The shop has no English menu and needs none: there are two kinds, with fish and without.',
        'Take the ferry from Little Wharf to Qingdu. It crosses 42 times a day and costs one yuan. Sit on the left for the new bridge.',
        'Come back for the sunset on the north bank. Bring something to sit on, at least in October.',
      ) +
      figure(
        'picture-map',
        'Sketch map: the Lan River runs from west to east; Chengbei and Qingdu lie on its north bank, Chengnan on the south bank, Egret County to the west and south',
        'Linjiang and its river. A sketch, not to be used for boundaries.',
      ) +
      p('The ferry does not run in thick fog. Neither should you.'),
  }),
  page('birds', 'en-visiting', {
    title: 'Where to see the egrets, and how not to be seen by them',
    date: '2026-03-20 08:30',
    source: 'Egret County People’s Government',
    summary: 'From March to August some twelve thousand birds nest on Egret Lake. A few rules keep it so.',
    image: 'picture-lake',
    body:
      p(
        'Egret Lake lies in the south-west of Linjiang, half an hour by bus from the city. Birds on their way north rest here in March, and those that like it stay until August. More than half of Linjiang is fields, ponds and water, and that is where they eat.',
      ) +
      h2('Please') +
      ul(
        'Come early. Between six and eight the light is good and the buses are empty.',
        'Stay on the wooden paths and speak quietly. Parents will leave a nest that is looked at too long.',
        'Leave drones at home. They are not allowed within three kilometres of the water.',
        'Buy water chestnuts from whoever has a boat. They grew here.',
      ),
  }),
  page('rainy-season', 'en-living', {
    title: 'A short guide to the plum rains',
    date: '2026-06-08 09:00',
    source: 'Linjiang Emergency Management Bureau',
    summary:
      'From the middle of June it rains for three weeks. What to expect of the river, the telephone and the laundry.',
    body:
      p(
        'The plum rains come in the middle of June and go in early July. Half of the year’s rain falls between May and August. Nothing dries. On this all citizens of Linjiang agree.',
      ) +
      table(
        'The Lan River at Linjiang',
        ['Level in metres', 'What it means', 'What you do'],
        [
          ['below 18.00', 'Ordinary', 'Nothing'],
          ['18.00 to 19.29', 'Above the warning level', 'Keep off the riverbank; the ferry stops'],
          ['19.30 and more', 'Above the safe level', 'Follow the wardens; keep your telephone charged'],
        ],
      ) +
      p(
        'Warnings come by text message in Chinese and English to every telephone within reach of a mast; you need not register. If you live on a ground floor near the river, a neighbour with a red armband will knock. Please open: last July they moved 1,260 people, and not one of them was hurt.',
      ),
  }),
  page('doctor', 'en-living', {
    title: 'Seeing a doctor when you do not speak Chinese',
    date: '2026-09-15 09:00',
    source: 'Linjiang Health Commission',
    summary: 'Where somebody speaks English, what to bring, and what it costs before insurance.',
    image: 'picture-hospital',
    body:
      p(
        'In an emergency call 120. Say the name of a street or show your screen to somebody: any passer-by will tell the operator where you are. You will be treated first and asked for money afterwards.',
      ) +
      h2('For everything else') +
      ul(
        'The Second People’s Hospital has an English-speaking desk on weekdays from 8.00 to 17.00. Turn right inside the main door.',
        'Bring your passport, and your insurance card if you have one. Registering costs between 10 and 30 yuan.',
        'Twenty township clinics are open all night. They have a telephone interpreter, who is patient.',
        'Prescriptions are filled in the hospital. Ask for the leaflet in English; there is one for the two hundred most usual medicines.',
      ) +
      p('A child with a fever does not need an appointment anywhere in Linjiang.'),
  }),
  demo('service', 'en-service-residence', {
    title: 'Registering where you live',
    channel: 'en-services',
    keywords: ['Linjiang', 'services'],
    date: '2026-05-06 09:00',
    source: 'Linjiang Public Security Bureau',
    summary: 'Within 24 hours of moving in, or of coming back from abroad. Hotels do it for you.',
    body: '<p>Every foreign visitor registers the place where he or she sleeps. In a hotel the reception does this while you look for your room. In a flat, or with friends, you do it yourself, online or at the nearest police station. It takes ten minutes and there is nothing to pay.</p>',
    department: 'en-dept-office',
    lifeEvent: 'Arriving',
    audience: '个人',
    basis: 'Exit and Entry Administration Law of the People’s Republic of China, article 39',
    conditions: ['You hold a valid passport and visa', 'You stay somewhere that is not a hotel'],
    materials: [
      { name: 'Passport with visa', form: 'Original, given back at once', copies: 0 },
      { name: 'Lease, or the host’s identity card', form: 'Original or photograph', copies: 0 },
    ],
    steps: [
      { name: 'Tell us', text: 'Online, or at the police station of the street you live in.' },
      {
        name: 'Take the slip',
        text: 'You get a registration slip, on paper or on your telephone. Keep it: the bank will ask for it.',
      },
      {
        name: 'Again, if you move',
        text: 'Register anew within 24 hours of each move. The old slip then means nothing.',
      },
    ],
    legalDays: 1,
    promisedDays: 0,
    fee: 'Free',
    place: 'Any police station; the city service hall, 18 Wangjiang Road',
    hours: 'Police stations at all hours; service hall 9.00 to 17.00 on working days',
    phone: '0999-8812110',
  }),
  demo('service', 'en-service-company', {
    title: 'Opening a company in one day',
    channel: 'en-services',
    keywords: ['Linjiang', 'services'],
    date: '2026-06-16 09:00',
    source: 'Linjiang Market Regulation Bureau',
    summary: 'One form for the licence, seals, tax and social insurance. Foreign investors use the same window.',
    body: '<p>One form, one window, one day. What takes longer is finding a name nobody has; you can try names <em>before</em> you come.</p>',
    translates: 'service-startup',
    department: 'en-dept-market',
    lifeEvent: 'Starting a business',
    audience: '企业',
    basis: 'Regulations on the Registration and Administration of Market Entities',
    conditions: [
      'You have an address in Linjiang',
      'Your business is not on the national negative list for foreign investment',
    ],
    materials: [
      { name: 'Application form', form: 'Filled in at the window or online', copies: 1 },
      {
        name: 'Passport or certificate of the investing company',
        form: 'Original; notarised if issued abroad',
        copies: 1,
      },
      { name: 'Proof of address', form: 'Lease or title; checked by us where it is registered', copies: 0 },
    ],
    steps: [
      { name: 'Choose a name', text: 'Try it online. The answer comes at once.' },
      { name: 'Hand in one form', text: 'It goes to four offices at the same time. You need not know which.' },
      { name: 'Take the licence and the seals', text: 'On the same day if you come before noon.' },
    ],
    legalDays: 20,
    promisedDays: 1,
    fee: 'Free; the first set of seals is paid for by the city',
    place: 'City service hall, 18 Wangjiang Road, windows 21 to 24',
    hours: '9.00 to 17.00 on working days, 9.00 to 12.00 on Saturdays',
    phone: '0999-8812021',
  }),
  page('materials-park', 'en-business', {
    title: 'The pipes come to the boundary: what new materials firms get in Qingdu',
    date: '2026-05-20 10:00',
    source: 'Linjiang Development and Reform Commission',
    summary:
      'A hundred and eighteen firms make membranes, batteries and fibres in one park. Why they came, and who answers when something breaks.',
    image: 'picture-port',
    body:
      p(
        'The New Materials Park in Qingdu has 118 firms with an output of 21.3 billion yuan last year. Steam, gas, water and fibre are laid to the boundary of each plot before it is let, and the port is next door: four berths, worked by remote control, a ship in and out in twelve hours.',
        'Each firm is told one name and one telephone number. Whoever answers may not say that something is the business of another office.',
      ) +
      ul(
        'Connecting power and water: eight working days, at the city’s cost up to your fence.',
        'A work permit for a foreign specialist: ten working days.',
        'A complaint about an inspection: answered in five.',
      ),
  }),
  page('overview', 'en-about', {
    title: 'Linjiang in five minutes',
    date: '2026-04-10 09:00',
    source: office,
    summary: 'Three districts, one county, 2.86 million people and a river that goes through the middle.',
    image: 'picture-city',
    translates: 'facts-overview',
    body:
      p(
        'Linjiang (临江市) lies on the middle reaches of the Lan River and takes its name from it: the city by the river. It has three districts, Chengbei, Chengnan and Qingdu, and one county, Egret County. Its area is 4,120 square kilometres, and at the end of 2025 it had 2.864 million people.',
        'Chengbei, on the north bank, is the old city, with the gate, the drum tower and a street of thirty-six plane trees. Chengnan, across the water, was built in the last twenty years and has most of the schools and hospitals. Qingdu has the port, whose horn is the alarm clock of the district. Egret County has the rice, the fish ponds, the lake and six birds in ten.',
        'In 2025 the city’s product was 268.85 billion yuan.',
      ) +
      h2('The signs of the city') +
      p(
        'The flower is the gardenia, the tree the plane, the bird the little egret. The emblem is the old gate above the river. The gate is open.',
      ),
  }),
  page('history', 'en-about', {
    title: 'Nine hundred years beside a river',
    date: '2026-04-10 09:30',
    source: office,
    summary: 'A ferry with a tax collector, a wall with one gate left, two wharves and two bridges.',
    image: 'picture-street',
    translates: 'facts-history',
    body: p(
      'The first we hear of Linjiang is a tax. In the 1070s an office was set up on the north bank, at Qingdu, to collect it from passing boats; a market grew round the ferry.',
      'In 1555 the town was given an earthen wall, which was later faced with brick, with four gates and a drum tower. One gate still stands. It is 4.2 metres wide because two night-soil carts had to be able to pass, which shows that its builders knew something about life.',
      'At the end of the nineteenth century two wharves were built, a large and a small one, and tea, rice and tung oil went down the river. The small one was destroyed by the flood of 1931. Seventy-six of its stones were found a few years ago, when the new library was begun.',
      'Linjiang became a county in 1951 and a city of the present rank in 1984. The first bridge was opened in 1978, the second in 2004; a third is being built. The ferry has never stopped. It still crosses 42 times a day.',
    ),
  }),
];
