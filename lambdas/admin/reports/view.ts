import * as v from 'valibot';
import { quarterMilliseconds } from '../../domain/facts/columns';
import { groups } from '../../domain/reports/groups';
import { metrics, type Metric } from '../../domain/reports/metrics';
import type { Report, ReportRow } from '../../domain/reports/report';
import { reportDates, type ReportQuery } from '../../domain/reports/report-query';
import { field } from '../http/answer-schema';

const whole = v.pipe(v.number(), v.integer());
const decimal = v.nullable(v.number());
const money = v.pipe(v.record(v.string(), field.amount), v.examples([{ USD: '12.5' }]));

const shapes = {
  clicks: whole,
  botClicks: whole,
  uniqueClicks: v.nullable(whole),
  conversions: whole,
  approved: whole,
  pending: whole,
  rejected: whole,
  reversed: whole,
  revenue: money,
  revenueApproved: money,
  cost: money,
  profit: money,
  roi: decimal,
  cr: decimal,
  epc: v.nullable(money),
  cpc: v.nullable(money),
  cpa: v.nullable(money),
  medianSecondsToConversion: decimal,
  under1Minute: decimal,
  under5Minutes: decimal,
  under1Hour: decimal,
  under1Day: decimal,
  under7Days: decimal,
} as const satisfies Readonly<Record<Metric, v.GenericSchema>>;

const measures = {
  ...v.partial(v.object(shapes)).entries,
  notConverted: v.optional(
    v.pipe(
      v.strictObject({
        revenue: v.optional(money),
        revenueApproved: v.optional(money),
        cost: v.optional(money),
      }),
      v.description('Money that no rate was there for, in its own currency; it is in no other number'),
    ),
  ),
} as const;

export const reportTotalAnswer = v.strictObject(measures);

export const reportRowAnswer = v.strictObject({
  group: v.pipe(
    v.strictObject(v.entriesFromList(groups, v.optional(v.nullable(v.string())))),
    v.description('The values of the groups; null where one is not known'),
  ),
  other: v.optional(v.pipe(v.literal(true), v.description('All rows beyond the limit, added up'))),
  ...measures,
});

export const reportAnswer = v.strictObject({
  countedThrough: v.pipe(
    v.nullable(field.time),
    v.description('When the newest change that is counted was written; null where none was'),
  ),
  version: v.pipe(v.string(), v.description('Names what was counted: the same version gives the same numbers')),
  period: v.strictObject({
    from: field.time,
    to: v.pipe(field.time, v.description('The end, itself excluded')),
    timezone: v.string(),
    by: v.picklist(reportDates),
  }),
  metrics: v.array(v.picklist(metrics)),
  groups: v.array(v.picklist(groups)),
  rows: v.array(reportRowAnswer),
  total: reportTotalAnswer,
  notes: v.pipe(v.array(v.string()), v.description('What has to be known to read the numbers right')),
});

export const runningReportAnswer = v.strictObject({
  status: v.literal('running'),
  message: v.string(),
  cursor: v.pipe(v.string(), v.description('Ask again with it and the same parameters')),
  link: v.pipe(v.string(), v.description('The same request with the cursor')),
});

/** The extent of the count, and its time. */
export interface CountedState {
  readonly version: string;
  readonly countedThrough: number | undefined;
}

/** The report as JSON shows it. */
export function reportView(query: ReportQuery, report: Report, { version, countedThrough }: CountedState): object {
  return {
    countedThrough: countedThrough === undefined ? null : new Date(countedThrough).toISOString(),
    version,
    period: {
      from: timeOf(query.first),
      to: timeOf(query.last + 1),
      timezone: query.timezone,
      by: query.by,
    },
    metrics: query.metrics,
    groups: query.groups,
    rows: report.rows.map(rowView),
    total: totalView(report.total),
    notes: report.notes,
  };
}

function timeOf(quarter: number): string {
  return new Date(quarter * quarterMilliseconds).toISOString();
}

function rowView({ group, other, ...row }: ReportRow) {
  return { group, ...(other !== undefined && { other }), ...totalView(row) };
}

function totalView({ measures: counted, notConverted }: Report['total']) {
  return { ...counted, ...(notConverted !== undefined && { notConverted }) };
}
