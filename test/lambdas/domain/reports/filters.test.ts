import * as fc from 'fast-check';
import { meetsFilters, readFilters } from '../../../../lambdas/domain/reports/filter';
import { askReport, problemsOf } from './support/ask-report';
import { storeFacts, type FactStore } from './support/duckdb';
import { clickFact, conversionFact, type Fact } from './support/facts';

/** Awkward for SQL, for a pattern, for the filter itself and for a comparison of letters. */
const values = [
  "O'Brien",
  "'",
  "''); drop table clicks; --",
  '%',
  '_',
  '100%',
  'a|b',
  'a,b',
  'a:b',
  '\\',
  '"',
  '$path',
  'ß',
  'SS',
  'é',
  'e\u0301',
  '🙂',
  ' ',
  'null',
  'NULL',
  '0',
  '?',
  '{}',
  '\n',
  'a',
  'A',
  'ab',
];

const facts: readonly Fact[] = [...values, null].map((sub1, index) =>
  clickFact('2026-11-02T10:00:00Z', { click_id: `c${index}`, sub1 }),
);
let store: FactStore;
beforeAll(async () => {
  store = await storeFacts({
    clicks: [...facts, clickFact('2026-11-02T10:00:00Z', { country: 'DE', device: null })],
    conversions: [
      conversionFact({
        click: '2026-11-02T10:00:00Z',
        conversion: '2026-11-02T11:00:00Z',
        booked: '2026-11-02T11:00:00Z',
      }),
      conversionFact(
        { click: '2026-11-02T10:00:00Z', conversion: '2026-11-02T11:00:00Z', booked: '2026-11-02T11:00:00Z' },
        { event: 'lead', status: 'pending', country: 'DE' },
      ),
    ],
  });
});
afterAll(() => store.stop());

const day = { from: '2026-11-02', to: '2026-11-02' };
const encoded = (text: string): string => text.replace(/[%,|]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

async function clicksOf(filter: string): Promise<readonly (string | null | undefined)[]> {
  const { rows } = await askReport(store, { ...day, group: 'sub1', filter: `country:US,${filter}` });
  return rows.filter(({ measures }) => measures.clicks !== 0).map(({ group }) => group.sub1);
}

const sorted = (texts: readonly (string | null | undefined)[]): readonly string[] =>
  texts.map((text) => text ?? '').sort();

test('a filter keeps what a comparison of texts keeps, whatever the value is', async () => {
  const value = fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constant(''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(':', '!:', '~'),
      async (wanted, operator) => {
        fc.pre(
          wanted.every((text) => text.isWellFormed() && !text.includes('\0') && (operator !== '~' || text !== '')),
        );
        const keeps = (text: string): boolean => {
          if (operator === '~') return wanted.some((part) => text.includes(part));
          return wanted.includes(text) === (operator === ':');
        };
        const expected = [...values, ''].filter(keeps);
        const filter = `sub1${operator}${wanted.map(encoded).join('|')}`;
        expect(sorted(await clicksOf(filter))).toStrictEqual(sorted(expected));
        // Lists of the rows behind a number are filtered without SQL.
        const reading = readFilters(filter);
        const met = [...values, ''].filter((sub1) => reading.ok && meetsFilters(reading.filters, { sub1 }));
        expect(sorted(met)).toStrictEqual(sorted(expected));
      },
    ),
    { numRuns: 60, seed: 42 },
  );
});

test('an empty value is one that is not known', async () => {
  expect(await clicksOf('sub1:')).toStrictEqual([null]);
  expect(await clicksOf('sub1!:')).toHaveLength(values.length);
  expect(sorted(await clicksOf('sub1:|a'))).toStrictEqual(['', 'a']);
});

test('several filters must all hold', async () => {
  expect(await clicksOf('sub1~a,sub1!:a,sub1!:ab,sub1!:a%7Cb')).toStrictEqual(expect.arrayContaining(['a,b', 'a:b']));
  expect(await clicksOf('sub1:a,device:tablet')).toStrictEqual([]);
});

test('a filter on event or status holds for conversions, and says so', async () => {
  const report = await askReport(store, { ...day, filter: 'event:lead' });
  expect(report.total.measures).toMatchObject({ clicks: values.length + 2, conversions: 1, pending: 1 });
  expect(report.notes).toContain(
    'The filter on event or status holds for conversions only; clicks and costs are of all.',
  );
});

test.each([
  ['status:aproved', 'the statuses are pending, approved, rejected, reversed'],
  ['status!:approved|paid', '"paid" is no status'],
  [
    'US',
    'filter: must be conditions such as country:US, device!:mobile or sub1~abc, separated by commas; "US" is none',
  ],
  ['planet:Mars', 'filter: "planet" is no field to filter on; the fields are campaign, '],
  ['sub11:a', 'filter: "sub11" is no field to filter on'],
  ['sub1~', 'filter: sub1~ must be followed by a text'],
  ['sub1:100%', 'filter: the value of sub1 has a "%" that encodes nothing; write it as %25'],
  ['sub1:a\0b', 'filter: the value of sub1 must not hold a NUL'],
  ['country:US,', 'filter: must be conditions'],
  [Array.from({ length: 21 }, () => 'sub1:a').join(','), 'filter: must have at most 20 conditions'],
])('the filter %s is rejected with what is wrong', (filter, problem) => {
  expect(problemsOf({ filter })).toStrictEqual([expect.stringContaining(problem)]);
});
