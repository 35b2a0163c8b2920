import type { LogFilter } from '../../adapters/postback-log-filter';
import { canonicalClickId, hasClickIdShape } from '../../domain/click/click-id';
import { warningCodes } from '../../domain/values/reasons';
import { adminJson, list, notFound, rejectionOfParameter, type Answer } from '../http/answer';
import { field } from '../http/answer-schema';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { logPosition } from './position';
import { keyAfter, keyBefore, newBudget, walkLog } from './walk';
import { postbackView } from './view';
import {
  defaultLimit,
  noParameters,
  parameter,
  parameterOf,
  periodParameters,
  readQueryParameters,
  readPeriod,
  textParameter,
  wordParameter,
  type Parameters,
  type Period,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import { periodOfPrefix, requestIdPrefix } from './request-id-prefix';
import type { Services } from '../http/services';

const filterNames = ['integration', 'campaign', 'clickId', 'result', 'reason', 'warning', 'batchId', 'keyId'] as const;

const filters = {
  integration: textParameter('Rows of this integration'),
  campaign: textParameter('Rows of this campaign'),
  clickId: textParameter('Rows of this click ID, in any case'),
  result: wordParameter(field.result.options, 'Rows with this result'),
  reason: wordParameter(field.loggedReason.options, 'Rows with this reason'),
  warning: wordParameter(warningCodes, 'Rows with this warning'),
  batchId: textParameter('Rows of this batch'),
  keyId: textParameter('Rows whose sender identified itself with this key, such as `k1`'),
} as const satisfies QuerySchema & Record<(typeof filterNames)[number], unknown>;

export const postbacksQuery = {
  ...filters,
  transactionId: textParameter(
    'Rows about this transaction ID; of what was not recorded, those whose request has it as a whole value',
  ),
  requestId: parameterOf(
    requestIdPrefix,
    'How the request ID begins. It begins with the time of receipt, which is the period then',
  ),
  ...periodParameters,
  limit: parameter.limit,
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

export async function getPostbacks(request: RoutedRequest, { postbackLog }: Services): Promise<Answer> {
  const parameters = readQueryParameters(request, postbacksQuery);
  const named = parameters.requestId === undefined ? undefined : periodOfPrefix(parameters.requestId);
  const period = readPostbackPeriod(parameters, named?.period, request.now);
  const query = queryOf('postbacks', parameters);
  const position = readCursor(query, logPosition, parameters.cursor);
  const from = position?.from ?? keyBefore(period.since);
  const walk = {
    filter: {
      ...filterOf(parameters),
      ...(parameters.transactionId !== undefined && { transactionId: parameters.transactionId }),
      ...(named !== undefined && { requestIdPrefix: named.prefix }),
    },
    from,
    below: position?.below ?? keyAfter(period.until),
    limit: parameters.limit ?? defaultLimit,
    now: request.now,
  };
  const { rows, goOnBelow } = await walkLog(postbackLog, walk, newBudget(), request.deadline);
  const cursor = goOnBelow === undefined ? undefined : writeCursor(query, { from, below: goOnBelow });
  return list(
    rows.map(({ row }) => postbackView(row)),
    cursor,
  );
}

export async function getPostback(request: RoutedRequest, { postbackLog }: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const row = await postbackLog.find(request.id, request.now, request.deadline);
  if (row !== undefined) return adminJson(200, postbackView(row));
  throw notFound(
    `The postback log has no request ${request.id}. Rows go after the retention time of the log, and of a flood of requests ` +
      'rejected for a forged click ID or a wrong token only a sample is kept.',
  );
}

/** Returns the part of the requested period in which a request of the named beginning can have come: empty where the two are apart. */
function readPostbackPeriod(
  { since, until }: Parameters<typeof periodParameters>,
  named: Period | undefined,
  now: number,
): Period {
  if (named === undefined) return readPeriod({ since, until }, now);
  const asked = readPeriod({ since: since ?? 0, until }, now);
  // Letters may decode to a year that ISO 8601 writes with a sign, which sorts below every other.
  const end = Math.min(asked.until, named.until);
  return { since: Math.min(Math.max(asked.since, named.since), end + 1), until: end };
}

/** An ID with a letter missing is in no row, which would look as if nothing had come. */
function clickIdOf(text: string): string {
  const clickId = canonicalClickId(text);
  if (!hasClickIdShape(clickId)) throw rejectionOfParameter('clickId', 'must be a click ID: 32 letters and digits');
  return clickId;
}

function filterOf(parameters: Parameters<typeof filters>): LogFilter {
  const filter: { -readonly [Name in keyof LogFilter]: LogFilter[Name] } = {};
  for (const name of filterNames) {
    const value = parameters[name];
    if (value !== undefined) filter[name] = [name === 'clickId' ? clickIdOf(value) : value];
  }
  return filter;
}
