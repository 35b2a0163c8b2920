import { readMoment } from '../../operator/moment';
import { readPeriodOptions } from '../../cli/operations/period';

const now = Date.UTC(2026, 10, 23, 12);

test.each([
  ['90m', '2026-11-23T10:30:00.000Z'],
  ['1h', '2026-11-23T11:00:00.000Z'],
  ['2d', '2026-11-21T12:00:00.000Z'],
  ['1w', '2026-11-16T12:00:00.000Z'],
  ['30s', '2026-11-23T11:59:30.000Z'],
  ['2026-11-23T10:00Z', '2026-11-23T10:00:00.000Z'],
  ['2026-11-23T10:00', '2026-11-23T10:00:00.000Z'],
  ['2026-11-23 10:00:30', '2026-11-23T10:00:30.000Z'],
  ['2026-11-23T10:00+02:00', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23', '2026-11-23T00:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(readMoment('--since', text, now)).toBe(expected);
});

test.each(['', 'yesterday', '1', '1y', '10:00', '2026-13-01', '2026-11-23T25:00Z', '-1h'])(
  '"%s" is rejected, with what is taken',
  (text) => {
    expect(() => readMoment('--since', text, now)).toThrow('--since takes so long ago, such as 90m');
  },
);

test('a period that ends before it begins, or begins in the future, is rejected', () => {
  expect(() => readPeriodOptions({ since: '1h', until: '2h' }, now)).toThrow('--since is after --until');
  expect(() => readPeriodOptions({ since: '2026-11-24' }, now)).toThrow('--since is in the future');
  expect(readPeriodOptions({}, now)).toEqual({});
});
