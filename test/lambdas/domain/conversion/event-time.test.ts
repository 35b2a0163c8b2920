import * as fc from 'fast-check';
import { readEventTime } from '../../../../lambdas/domain/conversion/event-time';
import { now } from '../support/factories';

const utc = (text: string): number => Date.parse(text);
const read = (text: string) => readEventTime(text, now);

describe('a conversion time', () => {
  test.each([
    ['1763899200', '2025-11-23T12:00:00Z'],
    ['1763899200000', '2025-11-23T12:00:00Z'],
    ['1763899200.25', '2025-11-23T12:00:00.250Z'],
    ['2025-11-23T12:00:00Z', '2025-11-23T12:00:00Z'],
    ['2025-11-23t12:00:00z', '2025-11-23T12:00:00Z'],
    ['2025-11-23 12:00:00', '2025-11-23T12:00:00Z'],
    ['2025-11-23T12:00', '2025-11-23T12:00:00Z'],
    ['2025-11-23T12:00:00.123456', '2025-11-23T12:00:00.123Z'],
    ['2025-11-23T12:00:00+02:00', '2025-11-23T10:00:00Z'],
    ['2025-11-23T12:00:00-0530', '2025-11-23T17:30:00Z'],
    ['2025-11-23T12:00:00 02:00', '2025-11-23T10:00:00Z'],
    ['2025-11-23 12:00:00 0200', '2025-11-23T10:00:00Z'],
    ['2025-11-23', '2025-11-23T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['  2025-11-23  ', '2025-11-23T00:00:00Z'],
    // An hour that a summer time skips or repeats is an hour like any other in UTC.
    ['2026-03-29T01:30:00', '2026-03-29T01:30:00Z'],
    ['2026-10-25T01:30:00', '2026-10-25T01:30:00Z'],
  ])('%j is %s', (text, time) => {
    expect(read(text)).toEqual({ ok: true, milliseconds: utc(time) });
  });

  test.each([
    ['a day of a leap year in a year that is none', '2025-02-29'],
    ['the 31st of a month of thirty days', '2026-06-31'],
    ['the thirteenth month', '2026-13-01'],
    ['an hour past the day', '2026-01-31T25:00:00Z'],
    ['a zone that is none', '2026-01-31T12:00:00+25:00'],
    ['nothing', ''],
    ['zero', '0'],
    ['a word', 'yesterday'],
    ['an American date', '11/23/2026'],
    ['a German date', '23.11.2026'],
    ['microseconds', '1763899200000000'],
    ['a negative number', '-1763899200'],
    ['an exponent', '1.7638992e9'],
    ['a macro', '{timestamp}'],
    ['a time before there were trackers of ours', '946684800'],
    ['two days ahead', String(now / 1000 + 2 * 86_400)],
  ])('%s is refused', (_, text) => {
    expect(read(text)).toEqual({ ok: false });
  });

  test('a little ahead of us is read as it is: whoever asks decides that it counts as now', () => {
    expect(read(String(now / 1000 + 3600))).toEqual({ ok: true, milliseconds: now + 3_600_000 });
  });

  test('every millisecond reads the same in each of its forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2016, 0, 1), max: now }), (milliseconds) => {
        const iso = new Date(milliseconds).toISOString();
        const [seconds, rest] = [Math.floor(milliseconds / 1000), String(milliseconds % 1000).padStart(3, '0')];
        for (const text of [
          iso,
          iso.replace('Z', ''),
          iso.replace('T', ' '),
          String(milliseconds),
          `${seconds}.${rest}`,
        ]) {
          expect(read(text)).toEqual({ ok: true, milliseconds });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('arbitrary texts never throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('0123456789-:TZ+. ')) })),
        (text) => {
          expect(typeof read(text).ok).toBe('boolean');
        },
      ),
    );
  });
});
