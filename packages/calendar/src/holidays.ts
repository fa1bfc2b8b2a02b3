/**
 * One year of the State Council's holiday arrangement (节假日安排): days off on weekdays, and weekend days worked in exchange (调休).
 * Data, versioned with its source and certainty; a year that is missing is refused, never guessed.
 */
export interface HolidayYear {
  readonly year: number;
  /** `MM-DD/MM-DD`, both included. */
  readonly off: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly worked: readonly string[];
  readonly source: string;
  /** `read`: checked against the published notice; `recalled`: from memory, to be checked before legal use. */
  readonly certainty: 'read' | 'recalled';
}

export const holidayYears: readonly HolidayYear[] = [
  {
    year: 2025,
    off: [
      { name: '元旦', from: '01-01', to: '01-01' },
      { name: '春节', from: '01-28', to: '02-04' },
      { name: '清明节', from: '04-04', to: '04-06' },
      { name: '劳动节', from: '05-01', to: '05-05' },
      { name: '端午节', from: '05-31', to: '06-02' },
      { name: '国庆节、中秋节', from: '10-01', to: '10-08' },
    ],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
    source: '国务院办公厅关于2025年部分节假日安排的通知',
    certainty: 'recalled',
  },
  {
    year: 2026,
    off: [
      { name: '元旦', from: '01-01', to: '01-03' },
      { name: '春节', from: '02-15', to: '02-23' },
      { name: '清明节', from: '04-04', to: '04-06' },
      { name: '劳动节', from: '05-01', to: '05-05' },
      { name: '端午节', from: '06-19', to: '06-21' },
      { name: '中秋节', from: '09-25', to: '09-27' },
      { name: '国庆节', from: '10-01', to: '10-07' },
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    source: '国务院办公厅关于2026年部分节假日安排的通知',
    certainty: 'recalled',
  },
];
