import { rowsBehind } from '../../../operator/report/rows-behind';

const period = {
  from: '2026-10-01T00:00:00.000+02:00',
  to: '2026-11-01T00:00:00.000+01:00',
  timezone: 'Europe/Berlin',
  by: 'click',
};
const october = { since: '2026-09-30T22:00:00.000Z', until: '2026-10-31T22:59:59.999Z' };

test('the total is made of the approved and pending conversions of the whole period', () => {
  expect(rowsBehind({ period, groups: ['campaign'] }, {})).toEqual({
    by: 'click',
    filter: 'status:approved|pending',
    ...october,
  });
});

test('a row adds its values to the conditions of the report, and what is not known is an empty value', () => {
  const row = { group: { campaign: 'a,b|50%', source: null } };
  expect(rowsBehind({ period, groups: ['campaign', 'source'] }, row, 'event:sale')).toEqual({
    by: 'click',
    filter: 'event:sale,campaign:a%2Cb%7C50%25,source:,status:approved|pending',
    ...october,
  });
});

test.each([
  ['day', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
  ['hour', '2026-10-25T02:00+01:00', '2026-10-25T01:00:00.000Z', '2026-10-25T01:59:59.999Z'],
  ['week', '2026-W43', '2026-10-18T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
  ['month', '2026-10', october.since, october.until],
])('%s %s begins and ends by the clocks of its zone', (group, label, since, until) => {
  expect(rowsBehind({ period, groups: [group] }, { group: { [group]: label } })).toMatchObject({ since, until });
});

test('a week that the period cuts is no longer than the period', () => {
  const week = rowsBehind({ period, groups: ['week'] }, { group: { week: '2026-W40' } });
  expect(week).toMatchObject({ since: october.since, until: '2026-10-04T21:59:59.999Z' });
});

test('the first week of a year may begin in the year before', () => {
  const year = { ...period, from: '2025-12-01T00:00:00Z', to: '2027-01-01T00:00:00Z', timezone: 'UTC' };
  const week = rowsBehind({ period: year, groups: ['week'] }, { group: { week: '2026-W01' } });
  expect(week).toMatchObject({ since: '2025-12-29T00:00:00.000Z', until: '2026-01-04T23:59:59.999Z' });
});

test.each([
  ['booked changes', { ...period, by: 'booked' }, 'day', { group: { day: '2026-10-02' } }, ''],
  ['a weekday', period, 'weekday', { group: { weekday: '1' } }, ''],
  ['an hour of the day', period, 'hourOfDay', { group: { hourOfDay: '01' } }, ''],
  ['a country', period, 'country', { group: { country: 'US' } }, ''],
  ['a report of one country', period, 'day', { group: { day: '2026-10-02' } }, 'country:US'],
  ['all others', period, 'campaign', { other: true }, ''],
])('no list has the rows behind %s', (_name, of, group, row, filter) => {
  expect(rowsBehind({ period: of, groups: [group] }, row, filter)).toBeUndefined();
});
