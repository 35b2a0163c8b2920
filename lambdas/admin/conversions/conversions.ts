import * as v from 'valibot';
import { hasClickIdShape, canonicalClickId } from '../../domain/click/click-id';
import { list, fieldsError, rejectionOfParameter, type Answer } from '../http/answer';
import { conversionView } from './view';
import { conversionsOfTransaction } from './of-transaction';
import { isCursorOf, queryOf, readCursor, writeCursor } from '../http/cursor';
import { getLoggedConversions, loggedConversionsQuery } from './logged';
import {
  defaultLimit,
  parameter,
  readQueryParameters,
  textParameter,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

/** DynamoDB's limit for a sort key. */
const maximumKeyLength = 1024;

const afterKey = v.strictObject({ after: v.pipe(v.string(), v.maxLength(maximumKeyLength)) });

const clickConversionsQuery = {
  clickId: textParameter('All conversions of this click, tests included, in the order of event and transaction'),
  limit: parameter.limit,
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

/** Parameters that find conversions through the log; a transaction ID is looked up in the index of transaction IDs first. */
const otherWays = [
  'campaign',
  'integration',
  'transactionId',
  'by',
  'filter',
] as const satisfies readonly (keyof typeof loggedConversionsQuery)[];

/** A click ID, or one of the other ways, must be there; a click has no period. */
export const conversionsQuery = { ...clickConversionsQuery, ...loggedConversionsQuery } as const satisfies QuerySchema;

/** Conversions of a click, a campaign, an integration or a transaction ID: there is no index that would answer anything else. */
export async function getConversions(sent: RoutedRequest, services: Services): Promise<Answer> {
  // Empty fields of a form are no conditions.
  const request = { ...sent, query: new URLSearchParams([...sent.query].filter(([, value]) => value.trim() !== '')) };
  const byClick = request.query.has('clickId');
  if (byClick === otherWays.some((name) => request.query.has(name))) {
    const problem = byClick
      ? 'must not be given together with campaign, integration, transactionId, by or filter'
      : 'must be given, or else campaign, integration, transactionId, by or filter';
    throw fieldsError('PARAMETER_INVALID', 'The query string is wrong', [{ path: 'clickId', problem }]);
  }
  if (byClick) return getClickConversions(request, services);
  return (await getTransactionConversions(request, services)) ?? getLoggedConversions(request, services);
}

const afterClick = v.strictObject({ afterClick: v.pipe(v.string(), v.maxLength(maximumKeyLength)) });

/**
 * Conversions of a transaction ID by the index of transaction IDs. `undefined` where that is not what was asked for, or has nothing: the index
 * follows conversions by some seconds, and the log has them meanwhile.
 */
async function getTransactionConversions(request: RoutedRequest, services: Services): Promise<Answer | undefined> {
  const parameters = readQueryParameters(request, loggedConversionsQuery);
  const { transactionId, since, until, by, filter, limit = defaultLimit, cursor } = parameters;
  if (transactionId === undefined || [since, until, by, filter].some((one) => one !== undefined)) return undefined;
  const query = queryOf('conversions of a transaction', parameters);
  if (cursor !== undefined && !isCursorOf(query, cursor)) return undefined;
  const position = readCursor(query, afterClick, cursor);
  const page = { limit, ...(position !== undefined && { after: position.afterClick }) };
  const { conversions, goOnAfter } = await conversionsOfTransaction(
    { ...parameters, transactionId },
    page,
    services,
    request.deadline,
  );
  if (conversions.length === 0 && goOnAfter === undefined && position === undefined) return undefined;
  return list(
    conversions.map(conversionView),
    goOnAfter === undefined ? undefined : writeCursor(query, { afterClick: goOnAfter }),
  );
}

async function getClickConversions(request: RoutedRequest, { conversions }: Services): Promise<Answer> {
  const parameters = readQueryParameters(request, clickConversionsQuery);
  const clickId = canonicalClickId(parameters.clickId ?? '');
  if (!hasClickIdShape(clickId)) throw rejectionOfParameter('clickId', 'must be a click ID: 32 letters and digits');
  const query = queryOf('conversions', parameters);
  const position = readCursor(query, afterKey, parameters.cursor);
  const page = { ...position, limit: parameters.limit ?? defaultLimit };
  const { conversions: found, more } = await conversions.ofClick(clickId, page, request.deadline);
  const last = found.at(-1);
  // A reversal that its sale took in is in the history of the sale.
  const shown = found.filter(({ metBy }) => metBy === undefined);
  return list(shown.map(conversionView), more && last ? writeCursor(query, { after: last.conversionKey }) : undefined);
}
