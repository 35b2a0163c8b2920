import type { LogFilter } from '../adapters/postback-log-reader';
import { decodeBase32, encodeBase32 } from '../domain/identifiers/crockford-base32';
import { hasClickIdShape } from '../domain/identifiers/click-id';
import type { LogRow } from '../domain/postback/log-row';
import { reasons } from '../domain/postback/verdict';
import { json, list, notFound, refusalOfParameter, type Answer } from './answer';
import { queryOf, readCursor, writeCursor } from './cursor';
import { logPosition } from './log-position';
import { keyAfter, keyBefore, newBudget, walkLog } from './log-walk';
import { readLimit, readParameters, readPeriod, type Parameters } from './query-parameters';
import type { RoutedRequest } from './request';
import type { Services } from './services';

const filterNames = ['integration', 'campaign', 'clickId', 'result', 'reason', 'batchId'] as const;

export async function getPostbacks(request: RoutedRequest, { postbackLog }: Services): Promise<Answer> {
  const parameters = readParameters(request, [...filterNames, 'since', 'until', 'limit', 'cursor']);
  const period = readPeriod(parameters, request.now);
  const query = queryOf('postbacks', parameters);
  const position = readCursor(query, logPosition, parameters.cursor);
  const from = position?.from ?? keyBefore(period.since);
  const walk = {
    filter: readFilter(parameters),
    from,
    below: position?.below ?? keyAfter(period.until),
    limit: readLimit(parameters.limit),
    now: request.now,
  };
  const { rows, goOnBelow } = await walkLog(postbackLog, walk, newBudget(), request.deadline);
  const cursor = goOnBelow === undefined ? undefined : writeCursor(query, { from, below: goOnBelow });
  return list(
    rows.map(({ row }) => viewOf(row)),
    cursor,
  );
}

export async function getPostback(request: RoutedRequest, { postbackLog }: Services): Promise<Answer> {
  readParameters(request, []);
  const row = await postbackLog.find(request.id, request.now, request.deadline);
  if (row !== undefined) return json(200, viewOf(row));
  throw notFound(
    `The postback log has no request ${request.id}. Rows go after the retention time of the log, and of a flood of requests ` +
      'refused for a forged click ID or a wrong token only a sample is kept.',
  );
}

/**
 * A row as it is kept, but for the sealed request, which is for a replay and nobody's eyes. When it goes is the table's own affair, and
 * undefined fields are left out of JSON.
 */
function viewOf(row: LogRow): object {
  return { ...row, sealed: undefined, expiresAt: undefined };
}

const knownReasons: readonly string[] = Object.keys(reasons);
const knownResults: readonly string[] = [
  ...new Set([...Object.values(reasons).map(({ result }) => result), 'dry_run']),
];

function readFilter(parameters: Parameters<(typeof filterNames)[number]>): LogFilter {
  checkKnown('result', parameters.result, knownResults);
  checkKnown('reason', parameters.reason, knownReasons);
  const filter: { -readonly [Name in keyof LogFilter]: LogFilter[Name] } = {};
  for (const name of filterNames) {
    const value = parameters[name];
    if (value !== undefined) filter[name] = [name === 'clickId' ? canonicalClickId(value) : value];
  }
  return filter;
}

function checkKnown(name: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw refusalOfParameter(name, `must be one of ${[...known].sort().join(', ')}`);
  }
}

/** A click ID as rows hold it, however it was retyped. What has not its shape stays as it is: senders send all sorts. */
export function canonicalClickId(text: string): string {
  const bytes = hasClickIdShape(text) ? decodeBase32(text) : undefined;
  return bytes === undefined ? text : encodeBase32(bytes);
}
