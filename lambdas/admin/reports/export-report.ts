import * as v from 'valibot';
import type { Deadline } from '../../adapters/deadline';
import type { ReportEngine } from '../../adapters/report-engine';
import { exportHead, isTotalRow, startGroups, type ExportHead } from '../../domain/reports/export-rows';
import { exportSql } from '../../domain/reports/export-sql';
import type { ReportQuery } from '../../domain/reports/report-query';
import type { AnswerRow } from '../../domain/reports/tally';
import { document, rejectionOfParameter, type Answer } from '../http/answer';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { ReportServices, Services } from '../http/services';
import { csvTable } from './csv';
import { readReportMoney, type ReportMoney } from './money';
import { exportQuery } from './parameters';
import { maximumAnswerBytes, reportHeaders } from './render';
import {
  patienceOf,
  queryPosition,
  readReportQuery,
  rejectionOfQuery,
  runningAnswer,
  statementOf,
  stateWith,
} from './running-query';

/** A page may exceed this by its last line. */
const pageBytes = maximumAnswerBytes - 200_000;

/** A page ends so long before the request does. */
const closingMilliseconds = 4000;

const position = v.strictObject({
  ...queryPosition.entries,
  /** The byte of the engine's answer that the page begins with; none before the first page. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
type Position = v.InferOutput<typeof position>;

/**
 * One page of every row of a report as CSV. All pages are read from the answer to one query, which is computed once: so they are of one
 * version, however long they take. The first has the names of the columns, the last has the total.
 */
export async function exportReport(
  request: RoutedRequest,
  services: Services,
  most: number = pageBytes,
): Promise<Answer> {
  const { cursor, ...parameters } = readQueryParameters(request, exportQuery);
  const mark = queryOf('reports/export', parameters);
  const before = readCursor(mark, position, cursor);
  const askedAt = before?.askedAt ?? request.now;
  const query = readReportQuery(parameters, askedAt);
  const money = await readReportMoney(query, services.configuration, request.deadline);
  if (before !== undefined && before.money !== money.mark) {
    throw rejectionOfParameter('cursor', 'is of costs or rates that were changed since; ask again without it');
  }
  const { engine } = services.reports();
  const asked = before ?? (await start(query, money, askedAt, request, services.reports()));
  const state = stateWith({ version: asked.version, countedThrough: asked.countedThrough }, money.mark);
  const rows: AnswerRow[] = [];
  let groupsFrom: number | undefined;
  if (asked.id !== '') {
    let end = 0;
    const read = await engine.readFrom(asked.id, 0, patienceOf(request), (row, rowEnd) => {
      if (!isTotalRow(row)) groupsFrom = end;
      else rows.push(row);
      end = rowEnd;
      return groupsFrom === undefined;
    });
    if (read.state === 'running') return runningAnswer(request, mark, asked);
    if (read.state !== 'done') throw rejectionOfQuery(read.state);
  }
  const head = exportHead(query, money.costs, money.rateOf, rows);
  const part = { id: asked.id, isFirst: asked.at === undefined, at: asked.at ?? groupsFrom, most };
  const page = await readPage(query, money, head, part, request.deadline, engine);
  return document('text/csv; charset=utf-8', page.text, {
    'content-disposition': 'attachment; filename="report.csv"',
    ...reportHeaders(head.notes, state),
    ...(page.next !== undefined && { 'x-next-cursor': writeCursor(mark, { ...asked, at: page.next }) }),
  });
}

/** Asks the engine; the ID is empty where no object can have a row. */
async function start(
  query: ReportQuery,
  { costs, mark }: ReportMoney,
  askedAt: number,
  { deadline }: RoutedRequest,
  { engine, readManifest }: ReportServices,
): Promise<Position> {
  const { version, countedThrough, objects } = await readManifest(deadline);
  const sql = statementOf(query, objects, engine, costs);
  const id = sql === undefined ? '' : await engine.start(exportSql(query, sql), deadline);
  return { id, askedAt, version, ...(countedThrough !== undefined && { countedThrough }), money: mark };
}

interface Part {
  readonly id: string;
  readonly isFirst: boolean;
  /** The start of its groups; none where there are no groups. */
  readonly at: number | undefined;
  readonly most: number;
}

interface Page {
  readonly text: string;
  /** The start of the next page; none after the last. */
  readonly next: number | undefined;
}

async function readPage(
  query: ReportQuery,
  { costs, rateOf }: ReportMoney,
  { total, currencies }: ExportHead,
  { id, isFirst, at, most }: Part,
  deadline: Deadline,
  engine: ReportEngine,
): Promise<Page> {
  const table = csvTable(query, currencies);
  const groups = startGroups(query, costs, rateOf);
  const lines: string[] = [];
  let bytes = 0;
  const write = (line: string): void => {
    lines.push(line);
    // As it is within the answer of the function: there each quote is two letters.
    bytes += Buffer.byteLength(JSON.stringify(line));
  };
  const writeGroup = (): void => {
    const row = groups.take();
    if (row !== undefined) write(table.lineOf(row));
  };

  if (isFirst) write(table.header);
  let next: number | undefined;
  if (at !== undefined) {
    let end = at;
    const read = await engine.readFrom(id, at, deadline, (row, rowEnd) => {
      if (groups.beginsAnother(row)) {
        writeGroup();
        if (bytes >= most || deadline.remaining() < closingMilliseconds) next = end;
      }
      if (next === undefined) groups.add(row);
      end = rowEnd;
      return next === undefined;
    });
    if (read.state === 'unknown' || read.state === 'too-large') throw rejectionOfQuery(read.state);
  }
  if (next === undefined) {
    writeGroup();
    write(table.totalOf(total));
  }
  return { text: lines.join(''), next };
}
