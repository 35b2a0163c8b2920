import { usageFailure } from './failure';

const unitMilliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const agoPattern = /^(\d{1,6})\s*(s|m|h|d|w)$/;
const timePattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** Parses `90m`, `1h`, `2d` as that long ago, or a day or time, in UTC unless it names an offset. Returns ISO 8601 in UTC. */
export function readMoment(option: string, text: string, now: number): string {
  const milliseconds = millisecondsOf(text.trim(), now);
  if (milliseconds !== undefined && !Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  throw usageFailure(
    `${option} takes so long ago, such as 90m, 1h or 2d, or a time such as 2026-11-23T10:00Z, not "${text}".`,
  );
}

function millisecondsOf(text: string, now: number): number | undefined {
  const [, number, unit] = agoPattern.exec(text) ?? [];
  if (number !== undefined && isUnit(unit)) return now - Number(number) * unitMilliseconds[unit];
  const [, day, time = '00:00', offset = 'Z'] = timePattern.exec(text) ?? [];
  return day === undefined ? undefined : Date.parse(`${day}T${time}${offset}`);
}

function isUnit(text: string | undefined): text is keyof typeof unitMilliseconds {
  return text !== undefined && Object.hasOwn(unitMilliseconds, text);
}
