import * as v from 'valibot';
import { readClick } from '../../adapters/clicks-table';
import { readConversion } from '../../adapters/conversion-item';
import { deadlineAt } from '../../adapters/deadline';
import { isErased } from '../../adapters/erased';
import type { Item } from '../../adapters/item';
import type { SegmentPosition } from '../../adapters/table-scan';
import { auditSql, cellOfRow } from '../../domain/reports/audit-sql';
import { auditedTimes, Cells, type AuditedPeriod, type Cell } from '../../domain/facts/audit-cells';
import { cellOfClick, cellOfConversion } from '../../domain/facts/audit';
import { quarterOf } from '../../domain/facts/columns';
import { maximumStatementBytes } from '../../domain/reports/report-sql';
import { carriedTime } from '../../domain/click/click-id';
import { adminJson, AdminError, rejectionOfParameter, type Answer } from '../http/answer';
import { field } from '../http/answer-schema';
import { asBody, readBodyFields } from '../http/body';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import {
  moment,
  noParameters,
  parameter,
  parameterOf,
  readQueryParameters,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { auditCell, cellView } from './cell';

/** One call scans for so long, and the answer of so many cells fits into one. */
const scanMilliseconds = 15_000;
const maximumCells = 30_000;
const segments = 4;
const dayMilliseconds = 86_400_000;
/** Clicks expire: of older ones the tables do not know any more what was counted. */
const longestDays = 31;
/** More erased clicks than a query may name. */
const maximumErased = 5000;

export const storedCellsAnswer = v.strictObject({
  cells: v.pipe(v.array(auditCell), v.description('What this stretch of the tables adds to each cell')),
  erased: v.pipe(
    v.array(v.string()),
    v.description('Clicks that were erased, whose table does not say what they were'),
  ),
  scanned: field.count,
  cursor: v.optional(v.string()),
});

export const countedCellsAnswer = v.strictObject({
  version: v.string(),
  countedThrough: v.optional(field.time),
  cells: v.array(auditCell),
});

export const storedCellsQuery = {
  since: parameterOf(
    moment,
    'The beginning of the period, by the time of the click; a day before its end where nothing is said',
  ),
  until: parameterOf(moment, 'The end of the period, itself excluded; half an hour ago where nothing is said'),
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

export const countedCellsSchema = v.strictObject({
  since: moment,
  until: moment,
  erased: v.optional(v.pipe(v.array(v.string('must be a text')), v.maxLength(maximumErased)), []),
});

const segmentPosition = v.union([v.picklist(['start', 'end']), v.record(v.string(), v.string())]);
const position = v.strictObject({
  first: v.number(),
  last: v.number(),
  clicks: v.array(segmentPosition),
  conversions: v.array(segmentPosition),
});
type Position = v.InferOutput<typeof position>;

/** Scans a stretch of both tables and answers what its rows must count as. */
export async function getStoredCells(request: RoutedRequest, services: Services): Promise<Answer> {
  const { cursor, ...period } = readQueryParameters(request, storedCellsQuery);
  const mark = queryOf('audit', period);
  const before: Position = readCursor(mark, position, cursor) ?? {
    ...periodOf(period.since, period.until, request.now),
    clicks: Array.from({ length: segments }, () => 'start' as const),
    conversions: Array.from({ length: segments }, () => 'start' as const),
  };
  const { scan } = services.audit();
  const deadline = deadlineAt(request.now + scanMilliseconds);
  const found = { cells: new Cells(), erased: new Set<string>(), scanned: 0 };
  const isAsked = ({ quarter }: Cell): boolean => quarter >= before.first && quarter <= before.last;
  const add = (cell: Cell | undefined): void => {
    if (cell !== undefined && isAsked(cell)) found.cells.add(cell);
  };
  const clicks = await scan('clicks', before.clicks, deadline, (item) => {
    found.scanned += 1;
    if (isErased(item)) noteErased(item, before, found.erased);
    else add(cellOfClick(readClick(item)));
  });
  const conversions = await scan('conversions', before.conversions, deadline, (item) => {
    found.scanned += 1;
    add(cellOfConversion(readConversion(item)));
  });
  const cells = found.cells.all();
  if (cells.length > maximumCells) throw tooLarge();
  const goesOn = [...clicks, ...conversions].some((one: SegmentPosition) => one !== 'end');
  return adminJson(200, {
    cells: cells.map(cellView),
    erased: [...found.erased],
    scanned: found.scanned,
    ...(goesOn && { cursor: writeCursor(mark, { ...before, clicks, conversions }) }),
  });
}

function noteErased(item: Item, { first, last }: AuditedPeriod, erased: Set<string>): void {
  const clickId = item['clickId']?.S;
  const clickedAt = clickId === undefined ? undefined : carriedTime(clickId);
  if (clickId === undefined || clickedAt === undefined) return;
  const quarter = quarterOf(clickedAt);
  // The click's own time is taken a moment before its ID, which may be in the next quarter.
  if (quarter >= first - 1 && quarter <= last + 1) erased.add(clickId);
}

/** Answers what the reports have counted in a period. */
export async function getCountedCells(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { since, until, erased } = readBodyFields('since, until and erased', request.body, countedCellsSchema);
  const period = asBody('', () => periodOf(since, until, request.now));
  const { engine, readManifest } = services.reports();
  const { version, countedThrough, objects } = await readManifest(request.deadline);
  const sql = auditSql(period, objects, engine.base, erased);
  const cells: Cell[] = [];
  if (sql !== undefined) {
    if (Buffer.byteLength(sql) > maximumStatementBytes) throw tooLarge();
    const { state } = await engine.ask(sql, request.deadline, (row) => cells.push(cellOfRow(row)));
    if (state !== 'done' || cells.length > maximumCells) throw tooLarge();
  }
  return adminJson(200, {
    version,
    ...(countedThrough !== undefined && { countedThrough: new Date(countedThrough).toISOString() }),
    cells: cells.map(cellView),
  });
}

function tooLarge(): AdminError {
  return new AdminError('REPORT_TOO_LARGE', 'The audit has more cells than one answer. Take a shorter period.', {});
}

export function periodOf(since: number | undefined, until: number | undefined, now: number): AuditedPeriod {
  const { start, end } = auditedTimes(since, until, now);
  if (start >= end) throw rejectionOfParameter('since', 'must be before until');
  if (end - start > longestDays * dayMilliseconds) {
    throw rejectionOfParameter('since', `must be at most ${longestDays} days before until`);
  }
  return { first: quarterOf(start), last: quarterOf(end - 1) };
}
