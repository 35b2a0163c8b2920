import { reportedDays } from '../../../cli/operations/report/reported-days';

test.each([
  ['a day', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z', 'UTC', '2026-11-02'],
  ['a month', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z', 'Europe/Berlin', '2026-11-01 to 2026-11-30'],
  ['a day of 25 hours', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', 'Europe/Berlin', '2026-10-25'],
  ['a quarter of an hour off', '2026-11-01T18:15:00.000Z', '2026-11-02T18:15:00.000Z', 'Asia/Kathmandu', '2026-11-02'],
  ['hours', '2026-11-02T06:00:00Z', '2026-11-02T12:15:00Z', 'UTC', '2026-11-02T06:00Z to 2026-11-02T12:15Z'],
])('a period of %s is said in the days of its zone, or as moments', (_, from, to, zone, text) => {
  expect(reportedDays(from, to, zone)).toBe(text);
});
