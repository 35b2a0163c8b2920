import { localToUtc } from '../values/time-zone';

export type EventTimeReading =
  /** `isDay` says that it names a day: it has no time, or midnight. */
  { readonly ok: true; readonly milliseconds: number; readonly isDay: boolean } | { readonly ok: false };

const dayMilliseconds = 24 * 60 * 60 * 1000;
const earliest = Date.UTC(2015, 0, 1);

/** A time as it was written; the zone in minutes east of UTC, absent where none was named. */
interface WrittenTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`, with or without seconds and their fraction. */
  readonly time: string;
  readonly zone?: number;
}

const isoTime = /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ]+(\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(.*))?$/i;

/** Forms that are ISO 8601 once they are written apart: its basic form, and a `+` in place of the blank. */
const likeIso: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(\d{2})(?=\D|$)/i, '$1-$2-$3T$4:$5:$6'],
  [/^(\d{4})-(\d{2})-(\d{2})[+_](?=\d{2}:\d{2}:\d{2})/, '$1-$2-$3T'],
  // Java names the zone once more in brackets, .NET counts in `/Date(…)/`.
  [/^(.{10,40}(?:Z|[+-]\d{2}:?\d{2}))\[[\w/+-]{1,40}\]$/, '$1'],
  [/^\/?Date\((\d{12,13})\)\/?$/, '$1'],
];
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Hours east of UTC: the zones of RFC 2822 and of Europe. A name that several zones share is none of them. */
const namedZones: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    est: -5,
    edt: -4,
    cst: -6,
    cdt: -5,
    mst: -7,
    mdt: -6,
    pst: -8,
    pdt: -7,
    wet: 0,
    west: 1,
    cet: 1,
    cest: 2,
    eet: 2,
    eest: 3,
    msk: 3,
  }),
);

/**
 * Reads a conversion time: Unix seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19), ISO 8601, or a
 * date with the name of its month, as in RFC 2822 and PayPal's `20:12:59 Nov 28, 2026 PST`. The order of 11/12/2026 and 11.12.2026 is not known. A time of more than a day ahead is a mistake; one of a little ahead is a clock that
 * runs fast, and counts as now.
 * @param timeZone the IANA zone of times that name none
 */
export function readEventTime(text: string, now: number, timeZone = 'UTC'): EventTimeReading {
  const { milliseconds = NaN, isDay = false } = toMoment(text.trim(), timeZone);
  if (Number.isNaN(milliseconds)) return { ok: false };
  if (milliseconds < earliest || milliseconds > now + dayMilliseconds) return { ok: false };
  return { ok: true, milliseconds, isDay };
}

interface Moment {
  readonly milliseconds?: number;
  readonly isDay?: boolean;
}

function toMoment(sent: string, timeZone: string): Moment {
  const [form, apart] = sent.length > 100 ? [] : (likeIso.find(([shape]) => shape.test(sent)) ?? []);
  const text = form === undefined ? sent : sent.replace(form, apart ?? '');
  if (/^\d{16}$/.test(text) || /^\d{19}$/.test(text)) return { milliseconds: Number(text.slice(0, 13)) };
  if (/^\d{9,10}$/.test(text)) return { milliseconds: Number(text) * 1000 };
  if (/^\d{10}\.\d{1,6}$/.test(text)) return { milliseconds: Math.floor(Number(text) * 1000) };
  if (/^\d{12,13}$/.test(text)) return { milliseconds: Number(text) };
  const written = text.length > 100 ? undefined : (readIso(text) ?? readWithMonthName(text));
  if (written === undefined) return {};
  const { date, time, zone } = written;
  const day = Date.parse(`${date}T00:00Z`);
  const local = Date.parse(`${date}T${time}Z`);
  // 31 February would roll over into March.
  if (Number.isNaN(day) || Number.isNaN(local) || !new Date(day).toISOString().startsWith(date)) return {};
  const milliseconds = zone === undefined ? localToUtc(local, timeZone) : local - zone * 60_000;
  return { milliseconds, isDay: local === day };
}

function readIso(text: string): WrittenTime | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const [, year, , month, day, time = '00:00', rest = ''] = match;
  const zone = rest === '' ? undefined : readZone(rest.trim());
  if ((rest !== '' && zone === undefined) || /^\d/.test(rest)) return undefined;
  return { date: `${year}-${month}-${day}`, time: time.replace(',', '.'), ...(zone !== undefined && { zone }) };
}

/** Each part of such a date is known by its shape, so that their order does not matter. */
function readWithMonthName(text: string): WrittenTime | undefined {
  const parts: Partial<Record<'year' | 'month' | 'day' | 'time' | 'half', string>> = {};
  let zone: number | undefined;
  for (const word of text
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/^(\d{1,2})-([a-z]{3,9})-(\d{4})(?!\d)/i, '$1 $2 $3')
    .split(/[\s,]+/)
    .filter((part) => part !== '')) {
    const part = partOf(word, parts.year !== undefined);
    if (part === 'none') continue;
    if (part === 'zone') {
      if (zone !== undefined) return undefined;
      zone = readZone(word);
      if (zone === undefined) return undefined;
    } else {
      if (parts[part] !== undefined) return undefined;
      parts[part] = word;
    }
  }
  const { year, month, day, time, half } = parts;
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const written = timeOfDay(time ?? '00:00', half);
  if (written === undefined) return undefined;
  const number = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.replace(/\D+$/, '').padStart(2, '0')}`;
  return { date, time: written, ...(zone !== undefined && { zone }) };
}

function partOf(word: string, hasYear: boolean): 'year' | 'month' | 'day' | 'time' | 'half' | 'zone' | 'none' {
  if (/^(?:19|20)\d{2}$/.test(word) && !hasYear) return 'year';
  if (/^\d{1,2}(?:st|nd|rd|th)?$/i.test(word)) return 'day';
  if (/^\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/.test(word)) return 'time';
  if (/^[ap]m$/i.test(word)) return 'half';
  if (/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}$/i.test(word)) return 'month';
  return /^(?:at|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})$/i.test(word) ? 'none' : 'zone';
}

function timeOfDay(time: string, half: string | undefined): string | undefined {
  const [hour = '', ...rest] = time.split(':');
  if (half === undefined) return [hour.padStart(2, '0'), ...rest].join(':');
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return [String(hours).padStart(2, '0'), ...rest].join(':');
}

/** Minutes east of UTC. Digits without a sign had a `+` that was not encoded. */
function readZone(text: string): number | undefined {
  const named = namedZones.get(text.toLowerCase());
  if (named !== undefined) return named * 60;
  const match = /^(?:GMT|UTC)?([+-]?)(\d{2})(?::?(\d{2}))?$/i.exec(text);
  if (match === null) return undefined;
  const [hours, minutes] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 14 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * (match[1] === '-' ? -1 : 1);
}
