import type * as v from 'valibot';
import type { EngineAnswer } from '../../adapters/report-engine';
import type { Costs } from '../../domain/reports/costs';
import type { ReportQuery } from '../../domain/reports/report-query';
import { startCounting } from '../../domain/reports/tally';
import type { Answer } from '../http/answer';
import { queryOf, readCursor } from '../http/cursor';
import { readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { ReportServices, Services } from '../http/services';
import { readReportMoney } from './money';
import { reportQuery } from './parameters';
import { renderReport } from './render';
import {
  patienceOf,
  queryPosition,
  readReportQuery,
  rejectionOfQuery,
  runningAnswer,
  statementOf,
  stateWith,
} from './running-query';
import { tooLarge } from './too-large';
import type { CountedState } from './view';

/** Answers a report, or says where to ask again while it is computed. */
export async function getReport(request: RoutedRequest, services: Services): Promise<Answer> {
  const { cursor, format = 'json', ...parameters } = readQueryParameters(request, reportQuery);
  const mark = queryOf('reports', parameters);
  const before = readCursor(mark, queryPosition, cursor);
  const askedAt = before?.askedAt ?? request.now;
  const query = readReportQuery(parameters, askedAt);

  const money = await readReportMoney(query, services.configuration, request.deadline);
  const counting = startCounting(query, money.costs, money.rateOf);
  // Costs and rates that changed meanwhile would be read into an answer with others: the query is repeated.
  const running = before?.money === money.mark ? before : undefined;
  const { state, answer } = await ask(query, running, money.costs, counting.add, request, services.reports());
  switch (answer.state) {
    case 'done':
      if (counting.isFull()) throw tooLarge('The report has more groups than fit into memory.');
      return renderReport(query, counting.result(), stateWith(state, money.mark), format);
    case 'running':
      return runningAnswer(request, mark, { ...state, id: answer.id, askedAt, money: money.mark });
    default:
      throw rejectionOfQuery(answer.state);
  }
}

interface Asked {
  readonly state: CountedState;
  readonly answer: EngineAnswer;
}

async function ask(
  query: ReportQuery,
  running: v.InferOutput<typeof queryPosition> | undefined,
  costs: Costs,
  onRow: Parameters<ReportServices['engine']['ask']>[2],
  request: RoutedRequest,
  { engine, readManifest }: ReportServices,
): Promise<Asked> {
  const patience = patienceOf(request);
  if (running !== undefined) {
    const state = { version: running.version, countedThrough: running.countedThrough };
    return { state, answer: await engine.resume(running.id, patience, onRow) };
  }
  const { version, countedThrough, objects } = await readManifest(request.deadline);
  const state = { version, countedThrough };
  const sql = statementOf(query, objects, engine, costs);
  return { state, answer: sql === undefined ? { state: 'done' } : await engine.ask(sql, patience, onRow) };
}
