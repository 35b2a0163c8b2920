import * as v from 'valibot';
import type { AdminApi, Path, Query, RawAnswer } from '../api/admin-api';
import { Failure } from '../failure';
import { delay } from '../delay';

const money = v.record(v.string(), v.string());
const measure = v.optional(v.nullable(v.union([v.number(), money])));

const row = v.looseObject({
  group: v.optional(v.record(v.string(), v.nullable(v.string()))),
  other: v.optional(v.boolean()),
  notConverted: v.optional(v.record(v.string(), money)),
});

/** A report, as `GET /reports` shows it. */
export const report = v.looseObject({
  countedThrough: v.nullable(v.string()),
  version: v.string(),
  period: v.looseObject({ from: v.string(), to: v.string(), timezone: v.string(), by: v.string() }),
  groups: v.array(v.string()),
  metrics: v.array(v.string()),
  rows: v.array(row),
  total: row,
  notes: v.array(v.string()),
});

export type Report = v.InferOutput<typeof report>;
export type ReportRow = v.InferOutput<typeof row>;
export type Measure = v.InferOutput<typeof measure>;

/** Returns the value of a metric in a row; `undefined` for a kind that this version does not know. */
export function measureOf(of: ReportRow, metric: string): Measure {
  const reading = v.safeParse(measure, of[metric]);
  return reading.success ? reading.output : undefined;
}

const running = v.looseObject({ cursor: v.string() });
const longestWaitSeconds = 15 * 60;

/** Requests a report until it is ready. A large one takes longer than one call may. */
export function askReport(api: AdminApi, query: Query): Promise<RawAnswer> {
  return askUntilReady(api, ['reports'], query);
}

/** Repeats a request while the response is 202 with a cursor. */
export async function askUntilReady(api: AdminApi, path: Path, query: Query): Promise<RawAnswer> {
  const until = Date.now() + longestWaitSeconds * 1000;
  let cursor: Query[string];
  while (Date.now() < until) {
    const answer = await api.ask('GET', path, { query: { ...query, ...(cursor !== undefined && { cursor }) } });
    if (answer.status !== 202) return answer;
    ({ cursor } = v.parse(v.pipe(v.string(), v.parseJson(), running), answer.text));
    await delay(Number(answer.header('retry-after') ?? 1) * 1000);
  }
  throw new Failure('unreachable', 'The report is not ready after 15 minutes.', {
    hint: 'Ask for a shorter period, or for fewer groups.',
  });
}
