import { quarterOf } from '../../../../lambdas/domain/facts/columns';
import { groups, isTimeGroup, timeLabel, type Group } from '../../../../lambdas/domain/reports/groups';
import { dayAt } from '../../../../lambdas/domain/reports/zone-segments';
import type { Report, ReportRow } from '../../../../operator/report/ask-report';

const quartersOfHour = 4;
const quartersOfDay = 96;
/** A chart of more has bars of less than a pixel. */
const mostLabels = 800;

/**
 * The rows of a report by time with those times between in which nothing was counted: a chart without them would show days side by side
 * that are a week apart. Reports of anything else, and of times that come again, stay as they are.
 */
export function filledRows(
  report: Pick<Report, 'rows' | 'groups' | 'period' | 'countedThrough'>,
): readonly ReportRow[] {
  const [name, ...others] = report.groups;
  const group = groups.find((one) => one === name);
  if (group === undefined || others.length > 0) return report.rows;
  const labels = labelsOf(group, report);
  if (labels.length === 0 || labels.length > mostLabels) return report.rows;
  const known = new Map(report.rows.map((row) => [row.group?.[group], row]));
  const isAll = report.rows.every((row) => labels.some((label) => label === row.group?.[group]));
  return isAll ? labels.map((label) => known.get(label) ?? nothingAt(group, label)) : report.rows;
}

const nothingAt = (group: Group, label: string): ReportRow => ({
  group: { [group]: label },
  clicks: 0,
  conversions: 0,
  revenue: {},
  cost: {},
  profit: {},
});

/** Every time of a period, up to which it was counted: a later time is unknown rather than empty. */
function labelsOf(
  group: Group,
  { period, countedThrough }: Pick<Report, 'period' | 'countedThrough'>,
): readonly string[] {
  if (!isTimeGroup(group) || group === 'weekday' || group === 'hourOfDay' || countedThrough === null) return [];
  const first = quarterOf(Date.parse(period.from));
  const end = Math.min(quarterOf(Date.parse(period.to)), quarterOf(Date.parse(countedThrough)) + 1);
  const labels = new Set<string>();
  if (group === 'hour') {
    for (let quarter = first; quarter < end; quarter += quartersOfHour) {
      labels.add(timeLabel(group, quarter, period.timezone));
    }
    return [...labels];
  }
  const lastDay = dayAt(Math.max(first, end - 1), period.timezone);
  for (let day = dayAt(first, period.timezone); day <= lastDay; day++) {
    const monday = day - ((day + 3) % 7);
    labels.add(timeLabel(group, (group === 'week' ? monday : day) * quartersOfDay, period.timezone));
  }
  return [...labels];
}
