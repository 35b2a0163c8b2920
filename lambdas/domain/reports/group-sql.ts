import { quarterMilliseconds } from '../facts/columns';
import { isConversionField, isTimeGroup, type Group, type TimeGroup } from './groups';
import type { ReportQuery } from './report-query';
import { segmentsOf, type ZoneSegment } from './zone-segments';

/** The expressions that a report groups by, over a row that has `quarter`, and `local`: the quarter that the zone's clocks show. */
export interface GroupSql {
  readonly local: string;
  ofClicks(group: Group): string;
  ofConversions(group: Group): string;
}

/**
 * Final groups, since distinct visitors and medians cannot be folded afterwards. No division: the engines differ in it, and in `mod` of
 * what is not negative they do not.
 */
export function groupSql({ first, last, timezone }: Pick<ReportQuery, 'first' | 'last' | 'timezone'>): GroupSql {
  const segments = segmentsOf(timezone, first, last);
  const local = `quarter + ${bySegment(segments, ({ offset }) => `${offset}`)}`;
  const timeOf = (group: TimeGroup): string => `cast(${timeSql(group, segments, last)} as varchar)`;
  return {
    local,
    ofClicks: (group) =>
      isTimeGroup(group) ? timeOf(group) : isConversionField(group) ? 'cast(null as varchar)' : group,
    ofConversions: (group) => (isTimeGroup(group) ? timeOf(group) : group),
  };
}

function bySegment(segments: readonly ZoneSegment[], valueOf: (segment: ZoneSegment, index: number) => string): string {
  const [only] = segments;
  if (segments.length === 1 && only !== undefined) return valueOf(only, 0);
  const cases = segments.slice(1).map(({ first }, index) => {
    const segment = segments[index];
    return segment === undefined ? '' : `when quarter < ${first} then ${valueOf(segment, index)}`;
  });
  const newest = segments.at(-1);
  const otherwise = newest === undefined ? '' : valueOf(newest, segments.length - 1);
  return `case ${cases.join(' ')} else ${otherwise} end`;
}

function timeSql(group: TimeGroup, segments: readonly ZoneSegment[], last: number): string {
  switch (group) {
    case 'day':
      return 'local - mod(local, 96)';
    case 'hour':
      // Where the clocks change within an hour, as on Lord Howe, the rest of it is a separate hour.
      return bySegment(segments, ({ first, offset }, index) => {
        const start = `quarter - mod(quarter + ${offset}, 4)`;
        return index === 0 ? start : `greatest(${first}, ${start})`;
      });
    case 'hourOfDay':
      return 'mod(local, 96) - mod(local, 4)';
    case 'weekday':
      return 'mod(local - mod(local, 96), 672)';
    case 'week':
      // 1970 began on a Thursday: its week began three days before.
      return 'local - mod(local + 288, 672)';
    case 'month':
      return monthSql(segments, last);
  }
}

function monthSql(segments: readonly ZoneSegment[], last: number): string {
  const [first, newest] = [segments[0], segments.at(-1)];
  if (first === undefined || newest === undefined) return '';
  const end = last + newest.offset;
  const starts: number[] = [monthStart(first.first + first.offset, 0)];
  for (let at = 1; monthStart(first.first + first.offset, at) <= end; at++) {
    starts.push(monthStart(first.first + first.offset, at));
  }
  const cases = starts.slice(1).map((start, index) => `when local < ${start} then ${starts[index]}`);
  return cases.length === 0 ? `${starts[0]}` : `case ${cases.join(' ')} else ${starts.at(-1)} end`;
}

/** The first quarter of the month that a quarter is in, or of one that comes so many later. */
function monthStart(local: number, later: number): number {
  const date = new Date(local * quarterMilliseconds);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1) / quarterMilliseconds;
}
