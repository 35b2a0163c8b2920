import * as fc from 'fast-check';
import { conditionText, daysBefore, daysOf, drillDown } from '../../../console/page/screens/reports/query';
import { momentOf } from '../../../console/page/state/period';
import { stretchesOf } from '../../../console/page/state/stretch';

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
