/** The due times of a schedule. */
export interface Due {
  /** The first due time after a moment, in milliseconds since 1970. */
  next(after: number): number;
}

const minuteMilliseconds = 60_000;
const unitMilliseconds = { minute: minuteMilliseconds, hour: 60 * minuteMilliseconds, day: 1440 * minuteMilliseconds };

/**
 * Reads `rate(5 minutes)` and any `cron(…)` that runs at the same minutes and hours (UTC) of every day. Rejects expressions that
 * EventBridge rejects, and days, months and years, which are not supported here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function readSchedule(expression: string): Due {
  const [, kind, inner = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const due = kind === 'rate' ? readRate(inner) : kind === 'cron' ? readCron(inner) : undefined;
  if (due !== undefined) return due;
  throw new Error('only rate(…), and cron(minutes hours * * ? *) with numbers, lists, ranges and steps, are read here');
}

function readRate(text: string): Due | undefined {
  const [, digits, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const isUnit = unit === 'minute' || unit === 'hour' || unit === 'day';
  if (!isUnit || (digits === '1') !== (plural === '')) return undefined;
  const period = Number(digits) * unitMilliseconds[unit];
  return { next: (after) => after + period };
}

function readCron(text: string): Due | undefined {
  const [minuteField = '', hourField = '', ...days] = text.split(' ');
  const minutes = readField(minuteField, 60);
  const hours = readField(hourField, 24);
  if (minutes === undefined || hours === undefined || !['* * ? *', '? * * *'].includes(days.join(' ')))
    return undefined;
  return {
    next(after) {
      let at = (Math.floor(after / minuteMilliseconds) + 1) * minuteMilliseconds;
      const isDue = (date: Date): boolean => minutes.has(date.getUTCMinutes()) && hours.has(date.getUTCHours());
      while (!isDue(new Date(at))) at += minuteMilliseconds;
      return at;
    },
  };
}

// Returns the numbers below `limit` that a field selects: `*`, `5`, `0,30`, `8-17`, `*/15`, `3/20`.
function readField(field: string, limit: number): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const [, start, end, step] = /^(\*|\d+)(?:-(\d+))?(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    if (start === undefined || (start === '*' && end !== undefined)) return undefined;
    const first = start === '*' ? 0 : Number(start);
    const isOne = start !== '*' && end === undefined && step === undefined;
    const last = isOne ? first : Number(end ?? limit - 1);
    if (first > last || last >= limit) return undefined;
    for (let number = first; number <= last; number += Number(step ?? 1)) numbers.add(number);
  }
  return numbers;
}
