import * as fc from 'fast-check';
import { changeText } from '../../../console/page/screens/reports/change';
import { filledRows } from '../../../console/page/screens/reports/filled-rows';
import { daysBefore, daysOf, drillDown } from '../../../console/page/screens/reports/query';
import { conditionText } from '../../../console/page/state/conditions';
import { momentOf } from '../../../console/page/state/period';
import { stretchesOf } from '../../../console/page/state/stretch';
import type { Measure } from '../../../operator/report/ask-report';

test('the stretches of a search cover its period once, from the newest to the oldest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 ** 12 }),
      fc.integer({ min: 0, max: 90 * 86_400_000 }),
      (since, length) => {
        const period = { since, until: since + length };
        const stretches = stretchesOf(period);
        expect(stretches[0]?.until).toBe(period.until);
        expect(stretches.at(-1)?.since).toBe(period.since);
        stretches.slice(1).forEach((one, index) => expect(one.until).toBe((stretches[index]?.since ?? 0) - 1));
      },
    ),
  );
});

test('a relative period is counted back from now, and an absolute one stays', () => {
  expect(momentOf('24h', 100_000_000)).toBe(100_000_000 - 86_400_000);
  expect(momentOf('2026-11-01T00:00:00.000Z', 0)).toBe(Date.UTC(2026, 10, 1));
});

test('the period before a report has as many days, and ends where it begins', () => {
  expect(daysBefore({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-10-02', to: '2026-10-31' });
  expect(daysOf({ days: '7', timezone: 'Pacific/Kiritimati' }, Date.parse('2026-11-29T12:00:00Z'))).toEqual({
    from: '2026-11-24',
    to: '2026-11-30',
  });
});

test.each<[Measure, Measure, string | undefined]>([
  [25, 20, '+25%'],
  [20, 20, '0%'],
  [5, 20, '-75%'],
  [5, 0, undefined],
  [{ USD: '30' }, { USD: '20' }, '+50%'],
  [{ USD: '30' }, { EUR: '20' }, undefined],
  [{ USD: '30', EUR: '1' }, { USD: '20' }, undefined],
  [{ USD: '30' }, {}, undefined],
  [5, { USD: '20' }, undefined],
  [5, null, undefined],
])('%j after %j is a change of %p', (present, before, text) => {
  expect(changeText(present, before, 'en')).toBe(text);
});

test('a value leads to the report of it alone, whatever letters it has', () => {
  expect(drillDown({ group: 'campaign' }, 'campaign', 'a,b|50%')).toMatchObject({
    filter: 'campaign:a%2Cb%7C50%25',
    group: 'source',
  });
  expect(drillDown({ filter: 'country:US' }, 'source', null)).toMatchObject({ filter: 'country:US,source:' });
  expect(drillDown({ days: '7' }, 'day', '2026-11-01')).toMatchObject({
    from: '2026-11-01',
    to: '2026-11-01',
    group: 'hour',
  });
  expect(conditionText('campaign:a%2Cb')).toBe('campaign is a,b');
  expect(conditionText('source:')).toBe('source is not known');
});

describe('a chart', () => {
  const report = (group: string, from: string, to: string, labels: readonly string[], timezone = 'UTC') => ({
    groups: [group],
    period: { from, to, timezone, by: 'click' },
    countedThrough: '2026-12-01T00:00:00Z',
    rows: labels.map((label) => ({ group: { [group]: label }, clicks: 7 })),
  });
  const shown = (of: ReturnType<typeof report>) =>
    filledRows(of).map(({ group = {}, clicks }) => [Object.values(group)[0], clicks]);

  test('has the days, weeks and months in which nothing was counted', () => {
    expect(shown(report('day', '2026-11-01T00:00:00Z', '2026-11-04T00:00:00Z', ['2026-11-02']))).toEqual([
      ['2026-11-01', 0],
      ['2026-11-02', 7],
      ['2026-11-03', 0],
    ]);
    expect(shown(report('week', '2026-10-25T00:00:00Z', '2026-11-03T00:00:00Z', ['2026-W44']))).toEqual([
      ['2026-W43', 0],
      ['2026-W44', 7],
      ['2026-W45', 0],
    ]);
    expect(shown(report('month', '2026-09-30T00:00:00Z', '2026-11-01T00:00:00Z', ['2026-10']))).toEqual([
      ['2026-09', 0],
      ['2026-10', 7],
    ]);
  });

  test('has each of the 25 hours of a day on which clocks go back', () => {
    const hours = shown(report('hour', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', [], 'America/New_York'));
    expect(hours).toHaveLength(25);
    expect(hours.slice(1, 3)).toEqual([
      ['2026-11-01T01:00-04:00', 0],
      ['2026-11-01T01:00-05:00', 0],
    ]);
  });

  test('ends where counting has come to: what is later is not known to be nothing', () => {
    const days = report('day', '2026-11-01T00:00:00Z', '2026-11-08T00:00:00Z', ['2026-11-01']);
    expect(shown({ ...days, countedThrough: '2026-11-02T13:00:00Z' })).toEqual([
      ['2026-11-01', 7],
      ['2026-11-02', 0],
    ]);
  });

  test.each(['weekday', 'campaign'])('by %s has the rows of its report alone', (group) => {
    expect(shown(report(group, '2026-11-01T00:00:00Z', '2026-11-08T00:00:00Z', ['1']))).toEqual([['1', 7]]);
  });
});
