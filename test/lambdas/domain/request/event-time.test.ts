import * as fc from 'fast-check';
import { readEventTime } from '../../../../lambdas/domain/request/event-time';
import { now } from '../support/factories';

const utc = (text: string): number => Date.parse(text);
const read = (text: string, timeZone?: string) => readEventTime(text, now, timeZone);

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
    ['2025-11-23 12:00:00 +0000', '2025-11-23T12:00:00Z'],
    ['2025-11-23 12:00:00 +02:00', '2025-11-23T10:00:00Z'],
    ['2025-11-23 12:00:00  0200', '2025-11-23T10:00:00Z'],
    ['2025-11-23 12:00:00 UTC', '2025-11-23T12:00:00Z'],
    ['2025-11-23 12:00:00 PST', '2025-11-23T20:00:00Z'],
    ['2025-11-23T12:00:00+02', '2025-11-23T10:00:00Z'],
    ['2025-11-23T12:00:00,5Z', '2025-11-23T12:00:00.500Z'],
    ['2025/11/23 12:00:00', '2025-11-23T12:00:00Z'],
    ['20251123120000', '2025-11-23T12:00:00Z'],
    ['20251123T120000Z', '2025-11-23T12:00:00Z'],
    ['20251123T140000+0200', '2025-11-23T12:00:00Z'],
    ['2025-11-23+12:00:00', '2025-11-23T12:00:00Z'],
    ['2025-11-23T14:00:00+02:00[Europe/Berlin]', '2025-11-23T12:00:00Z'],
    ['2025-11-23T12:00:00Z[UTC]', '2025-11-23T12:00:00Z'],
    ['/Date(1763899200000)/', '2025-11-23T12:00:00Z'],
    ['1763899200000000', '2025-11-23T12:00:00Z'],
    ['1763899200000000000', '2025-11-23T12:00:00Z'],
    ['23-Nov-2025 12:00:00', '2025-11-23T12:00:00Z'],
    // RFC 2822, PayPal, and how programs print dates.
    ['Sun, 23 Nov 2025 12:00:00 +0000', '2025-11-23T12:00:00Z'],
    ['Sun, 23 Nov 2025 12:00:00 GMT', '2025-11-23T12:00:00Z'],
    ['23 Nov 2025 12:00 EST', '2025-11-23T17:00:00Z'],
    ['20:12:59 Nov 22, 2025 PST', '2025-11-23T04:12:59Z'],
    ['20:12:59 Jun 22, 2025 PDT', '2025-06-23T03:12:59Z'],
    ['Sun Nov 23 2025 12:00:00 GMT+0200 (Eastern European Standard Time)', '2025-11-23T10:00:00Z'],
    ['Sun Nov 23 12:00:00 2025', '2025-11-23T12:00:00Z'],
    ['November 23rd, 2025 at 12:30 PM', '2025-11-23T12:30:00Z'],
    ['23 November 2025', '2025-11-23T00:00:00Z'],
    ['2025-11-23', '2025-11-23T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['  2025-11-23  ', '2025-11-23T00:00:00Z'],
    // An hour that a summer time skips or repeats is an hour like any other in UTC.
    ['2026-03-29T01:30:00', '2026-03-29T01:30:00Z'],
    ['2026-10-25T01:30:00', '2026-10-25T01:30:00Z'],
  ])('%j is %s', (text, time) => {
    expect(read(text)).toMatchObject({ ok: true, milliseconds: utc(time) });
  });

  test.each([
    ['a day of a leap year in a year that is none', '2025-02-29'],
    ['the 31st of a month of thirty days', '2026-06-31'],
    ['the thirteenth month', '2026-13-01'],
    ['an hour past the day', '2026-01-31T25:00:00Z'],
    ['a zone that is none', '2026-01-31T12:00:00+25:00'],
    ['nothing', ''],
    ['a month that is none', '23 Foo 2025 12:00:00'],
    ['a day that its month does not have', '31 Nov 2025 12:00:00'],
    ['an hour past noon of an hour past twelve', 'Nov 23 2025 13:00 PM'],
    ['two years', '23 Nov 2025 2026'],
    ['a zone that several regions share', '2025-11-23 12:00:00 IST'],
    ['digits behind the time', '2025-11-23T12:0002:00'],
    ['a long text', `23 Nov 2025 ${' '.repeat(10_000)}`.concat('x')],
    ['zero', '0'],
    ['a word', 'yesterday'],
    ['an American date', '11/23/2026'],
    ['a German date', '23.11.2026'],
    ['a negative number', '-1763899200'],
    ['an exponent', '1.7638992e9'],
    ['a macro', '{timestamp}'],
    ['a time before there were trackers of ours', '946684800'],
    ['two days ahead', String(now / 1000 + 2 * 86_400)],
  ])('%s is rejected', (_, text) => {
    expect(read(text)).toEqual({ ok: false });
  });

  test.each([
    ['2025-11-23', true],
    ['23 November 2025', true],
    ['2025-11-23 00:00:00', true],
    ['2025-11-23T00:00:00+02:00', true],
    ['2025-11-23 00:00:01', false],
    ['2025-11-23T12:00', false],
    ['1763856000', false],
  ])('"%s" names a day alone: %s', (text, isDay) => {
    expect(read(text)).toMatchObject({ isDay });
  });

  test('a little ahead of us is read as it is: whoever asks decides that it counts as now', () => {
    expect(read(String(now / 1000 + 3600))).toMatchObject({ ok: true, milliseconds: now + 3_600_000 });
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
          expect(read(text)).toMatchObject({ ok: true, milliseconds });
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['Europe/Berlin', '2026-01-15 12:00:00', '2026-01-15T11:00:00Z'],
    ['Europe/Berlin', '2026-07-15 12:00:00', '2026-07-15T10:00:00Z'],
    ['America/New_York', '2026-07-15', '2026-07-15T04:00:00Z'],
    ['Asia/Kolkata', '15 Jul 2026 12:00:00', '2026-07-15T06:30:00Z'],
    ['America/New_York', '2026-07-15 12:00:00 +0200', '2026-07-15T10:00:00Z'],
    ['America/New_York', '1763899200', '2025-11-23T12:00:00Z'],
    // Clocks skip this hour in March, and show that one twice in October: the first of the two counts.
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25 02:30:00', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00Z'],
  ])('that names no zone is of the zone that is configured: in %s, %s is %s', (timeZone, text, time) => {
    expect(read(text, timeZone)).toMatchObject({ ok: true, milliseconds: utc(time) });
  });

  test('in any zone is the moment at which its clocks show it', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2016, 0, 1) / 1000, max: now / 1000 - 86_400 }),
        (timeZone, seconds) => {
          const shown = (moment: number): string =>
            new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(moment);
          const reading = read(shown(seconds * 1000), timeZone);
          if (!reading.ok) throw new Error('a time that clocks show was not read');
          expect(shown(reading.milliseconds)).toBe(shown(seconds * 1000));
          expect(reading.milliseconds).toBeLessThanOrEqual(seconds * 1000);
        },
      ),
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
