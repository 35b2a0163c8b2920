import { daysPerMonth, hoursPerMonth } from '../assumptions';

const perUnit: Readonly<Record<string, number>> = {
  minute: hoursPerMonth * 60,
  hour: hoursPerMonth,
  day: daysPerMonth,
};

/** Returns the runs per month of `rate(5 minutes)` or `cron(5 * * * ? *)`. Throws for other schedules, such as a cron of some days only. */
export function runsPerMonth(expression: string): number {
  const [, every = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const [, minutes = '', hours = ''] = /^cron\((\S+) (\S+) [*?] \* [*?] \*\)$/.exec(expression) ?? [];
  const runs = (perUnit[unit] ?? NaN) / Number(every || NaN);
  const byClock = timesIn(minutes, 60) * timesIn(hours, 24) * daysPerMonth;
  const found = [runs, byClock].find((count) => Number.isFinite(count) && count > 0);
  if (found === undefined) throw new Error(`The schedule "${expression}" cannot be counted.`);
  return found;
}

/** Counts the values of a field of a cron expression: `5`, `0,30`, `*` or `*` in steps. */
function timesIn(field: string, all: number): number {
  if (field === '*') return all;
  const [, step] = /^[*0]\/(\d+)$/.exec(field) ?? [];
  if (step !== undefined) return Math.ceil(all / Number(step));
  return /^\d+(,\d+)*$/.test(field) ? field.split(',').length : NaN;
}
