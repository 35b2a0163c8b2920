import * as v from 'valibot';
import { deadlineAt } from '../../adapters/deadline';
import type { EngineAnswer } from '../../adapters/report-engine';
import type { Costs } from '../../domain/reports/costs';
import { maximumStatementBytes, reportSql } from '../../domain/reports/report-sql';
import { resolveQuery, type ReportQuery } from '../../domain/reports/report-query';
import { startCounting } from '../../domain/reports/tally';
import { adminJson, fieldsError, refusalOfParameter, type Answer } from '../http/answer';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { readQueryParameters } from '../http/query-parameters';
import { pathPrefix, type RoutedRequest } from '../http/request';
import type { ReportServices, Services } from '../http/services';
import { readReportMoney } from './money';
import { reportQuery } from './parameters';
import { renderReport } from './render';
import { tooLarge } from './too-large';
import type { CountedState } from './view';

/** A caller waits so long; then it is told where to ask again. */
const waitMilliseconds = 20_000;
const retryAfterSeconds = '2';

/** A query that still runs: what it was asked of, and the moment that its period was counted back from. */
const position = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(128)),
  askedAt: v.number(),
  version: v.pipe(v.string(), v.maxLength(128)),
  countedThrough: v.optional(v.number()),
  /** The costs and rates that it was asked with. */
  money: v.pipe(v.string(), v.maxLength(128)),
});
type Position = v.InferOutput<typeof position>;

/** Answers a report, or says where to ask again while it is computed. */
export async function getReport(request: RoutedRequest, services: Services): Promise<Answer> {
  const { cursor, format = 'json', ...parameters } = readQueryParameters(request, reportQuery);
  const mark = queryOf('reports', parameters);
  const before = readCursor(mark, position, cursor);
  const askedAt = before?.askedAt ?? request.now;
  const reading = resolveQuery(parameters, askedAt);
  if (!reading.ok) {
    const problems = Object.entries(reading.problems).map(([path, problem]) => ({ path, problem: String(problem) }));
    throw fieldsError('PARAMETER_INVALID', 'The query string is wrong', problems);
  }
  const { query } = reading;

  const money = await readReportMoney(query, services.configuration, request.deadline);
  const counting = startCounting(query, money.costs, money.rateOf);
  // Costs and rates that changed meanwhile would be read into an answer that knows others: it is asked anew.
  const running = before?.money === money.mark ? before : undefined;
  const asked = await ask(query, running, money.costs, counting.add, request, services.reports());
  const { state, answer } = asked;
  switch (answer.state) {
    case 'done':
      return renderReport(query, counting.result(), { ...state, version: versionOf(state, money.mark) }, format);
    case 'running':
      return runningAnswer(request, mark, { ...state, id: answer.id, askedAt, money: money.mark });
    case 'unknown':
      throw refusalOfParameter('cursor', 'belongs to a report that is gone; ask again without it');
    case 'too-large':
      throw tooLarge('The report reads or has more than this stage allows.');
  }
}

interface Asked {
  readonly state: CountedState;
  readonly answer: EngineAnswer;
}

async function ask(
  query: ReportQuery,
  running: Position | undefined,
  costs: Costs,
  onRow: Parameters<ReportServices['engine']['ask']>[2],
  { now, deadline }: RoutedRequest,
  { engine, readManifest }: ReportServices,
): Promise<Asked> {
  const patience = deadlineAt(now + waitMilliseconds);
  if (running !== undefined) {
    const state = { version: running.version, countedThrough: running.countedThrough };
    return { state, answer: await engine.resume(running.id, patience, onRow) };
  }
  const { version, countedThrough, objects } = await readManifest(deadline);
  const state = { version, countedThrough };
  const sql = reportSql(query, objects, engine, costs);
  if (sql === undefined) return { state, answer: { state: 'done' } };
  if (Buffer.byteLength(sql) > maximumStatementBytes) {
    throw tooLarge(
      'The period has more files and documents of costs than one query can name; files are compacted from time to time.',
    );
  }
  return { state, answer: await engine.ask(sql, patience, onRow) };
}

/** Costs and rates are part of what was counted. */
function versionOf({ version }: CountedState, moneyMark: string): string {
  return moneyMark === '' ? version : `${version}-${moneyMark}`;
}

function runningAnswer({ query, baseUrl }: RoutedRequest, mark: string, at: Position): Answer {
  const cursor = writeCursor(mark, at);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  const path = `${pathPrefix}/reports?${parameters.toString()}`;
  const message = 'The report is being computed. Ask again with this cursor in a moment.';
  return adminJson(
    202,
    { status: 'running', message, cursor, link: `${baseUrl}${path}` },
    { location: path, 'retry-after': retryAfterSeconds },
  );
}
