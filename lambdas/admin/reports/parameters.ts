import { groups, maximumGroups } from '../../domain/reports/groups';
import { maximumReportRows, reportParameter } from '../../domain/reports/parameters';
import { parameter, parameterOf, wordParameter, type QuerySchema } from '../http/query-parameters';

const reportFormats = ['json', 'csv'] as const;

export const reportQuery = {
  from: parameterOf(
    reportParameter.periodEnd,
    'The beginning of the period: a day of the time zone, or a time on a quarter of an hour; six days before its end where nothing is said',
  ),
  to: parameterOf(
    reportParameter.periodEnd,
    'The end of the period: a day, itself included, or a time, itself excluded; today where nothing is said',
  ),
  days: parameterOf(
    reportParameter.days,
    'So many days up to the end of the period, in the place of `from`; 7 where nothing is said',
  ),
  timezone: parameterOf(reportParameter.timeZone, 'The IANA time zone in which days begin; UTC where nothing is said'),
  by: parameterOf(
    reportParameter.by,
    'The date on which a conversion is counted: of its click, its own, or of when it was booked. Clicks and costs have only the first',
  ),
  group: parameterOf(reportParameter.groups, `Up to ${maximumGroups} of ${groups.join(', ')}, separated by commas`),
  metrics: parameterOf(reportParameter.metrics, 'Metrics separated by commas; all where nothing is said'),
  filter: parameterOf(
    reportParameter.filters,
    'Conditions that must all hold, separated by commas: `name:a|b` is, `name!:a` is not, `name~a` contains, `name:` is not known. ' +
      'A comma, `|` or `%` within a value is percent-encoded once more',
  ),
  currency: parameterOf(
    reportParameter.currency,
    'Converts all money into this currency by the rates of each day; without it, each currency stays by itself',
  ),
  sort: parameterOf(
    reportParameter.order,
    'A metric or a group, with `-` before it for the greatest first; time runs forward, and else the first metric comes greatest first',
  ),
  limit: parameterOf(
    reportParameter.rows,
    `The first rows, at most ${maximumReportRows}; all others are added up in one row with \`other\``,
  ),
  format: wordParameter(reportFormats, 'JSON where nothing is said'),
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

/** Every row is requested, in the order of its groups. */
export const exportQuery = {
  from: reportQuery.from,
  to: reportQuery.to,
  days: reportQuery.days,
  timezone: reportQuery.timezone,
  by: reportQuery.by,
  group: reportQuery.group,
  metrics: reportQuery.metrics,
  filter: reportQuery.filter,
  currency: reportQuery.currency,
  cursor: reportQuery.cursor,
} as const satisfies QuerySchema;
