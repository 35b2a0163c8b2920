import * as v from 'valibot';
import type { Deadline } from '../../adapters/deadline';
import type { KeyedLogRow } from '../../adapters/postback-log-reader';
import type { Conversion } from '../../domain/conversion/conversion';
import { reportParameter } from '../../domain/reports/parameters';
import { logKeyOf } from '../../domain/values/request-id';
import { list, rejectionOfParameter, type Answer } from '../http/answer';
import { checkNumberOfReport, countedDates, isBehind } from './behind-report';
import { conversionView } from './view';
import { conversionsOfClick } from './of-click';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { isSpent } from '../log/hour';
import { logPosition } from '../log/position';
import { keyAfter, keyBefore, newBudget, walkLog } from '../log/walk';
import {
  defaultLimit,
  flagParameter,
  parameter,
  periodParameters,
  readQueryParameters,
  readPeriod,
  textParameter,
  wordParameter,
  parameterOf,
  type Period,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

/** The end of the period goes along too: a conversion has its place by its newest change before that end. */
const position = v.strictObject({ ...logPosition.entries, until: logPosition.entries.below });

export const loggedConversionsQuery = {
  campaign: textParameter('Conversions of this campaign whose newest change lies in the period, newest change first'),
  integration: textParameter('The same of this integration; together with campaign, of both'),
  transactionId: textParameter(
    'Conversions of this transaction ID, whenever they were recorded; with since or until, those whose newest change lies in the period. Together with the others, of all that are named',
  ),
  by: wordParameter(
    countedDates,
    'Conversions that a report by this date counts in the period, however late they changed: the rows behind its numbers',
  ),
  filter: parameterOf(reportParameter.filters, 'Those that meet the conditions of a report; country is none here'),
  ...periodParameters,
  includeTests: flagParameter('Whether tests are shown too'),
  limit: parameter.limit,
  cursor: parameter.cursor,
} as const satisfies QuerySchema;

/**
 * Conversions of a campaign, an integration, a transaction ID, or of all that are named, by their newest change, newest first. The hot path keeps no index, so they
 * are found through the log: each is shown where its newest recorded or updated row is, and so only once however many rows it has.
 */
export async function getLoggedConversions(request: RoutedRequest, services: Services): Promise<Answer> {
  const parameters = readQueryParameters(request, loggedConversionsQuery);
  const {
    campaign,
    integration,
    transactionId,
    by,
    filter: conditions,
    includeTests,
    limit = defaultLimit,
  } = parameters;
  if ([campaign, integration, transactionId, by, conditions].every((one) => one === undefined)) {
    throw rejectionOfParameter('campaign', 'must not be empty');
  }
  const counting = { by, filter: conditions };
  checkNumberOfReport(counting);
  const filter = {
    ...(campaign !== undefined && { campaign: [campaign] }),
    ...(integration !== undefined && { integration: [integration] }),
    ...(transactionId !== undefined && { transactionId }),
    result: ['recorded', 'updated', ...(includeTests === true ? ['test'] : [])],
  };
  const period = readPeriod(parameters, request.now);
  const query = queryOf('conversions', parameters);
  const start = by === undefined ? stretchOf(period) : stretchOf(laterChanges(period, request.now));
  const { from, until, below: startBelow } = readCursor(query, position, parameters.cursor) ?? start;

  const budget = newBudget();
  const found: Conversion[] = [];
  let below: string | undefined = startBelow;
  do {
    const walk = { filter, from, below, limit: limit - found.length, now: request.now };
    const { rows, goOnBelow } = await walkLog(services.postbackLog, walk, budget, request.deadline);
    const conversions = await conversionsOf(rows, until, services, request.deadline);
    // The log masks mail addresses, so that a row may look like another's transaction.
    found.push(
      ...conversions.filter(
        (one) =>
          (transactionId === undefined || one.transactionId === transactionId) && isBehind(one, counting, period),
      ),
    );
    below = goOnBelow;
  } while (below !== undefined && found.length < limit && !isSpent(budget));

  const cursor = below === undefined ? undefined : writeCursor(query, { from, below, until });
  return list(found.map(conversionView), cursor);
}

const stretchOf = ({ since, until }: Period) => ({
  from: keyBefore(since),
  below: keyAfter(until),
  until: keyAfter(until),
});

const hourMilliseconds = 3_600_000;

/** Returns the period of changes: clicks and sales of a period may have changed until now. A sender's clock may be ahead of ours. */
function laterChanges({ since }: Period, now: number): Period {
  return { since: since - hourMilliseconds, until: readPeriod({ since }, now).until };
}

/** The conversions whose newest change the rows are, in the order of the rows. */
async function conversionsOf(
  rows: readonly KeyedLogRow[],
  until: string,
  services: Services,
  deadline: Deadline,
): Promise<readonly Conversion[]> {
  const clickIds = [...new Set(rows.flatMap(({ row }) => row.clickId ?? []))];
  const conversions: Conversion[] = [];
  for (let at = 0; at < clickIds.length; at += concurrentReads) {
    const reads = clickIds
      .slice(at, at + concurrentReads)
      .map((clickId) => conversionsOfClick(services.conversions, clickId, deadline));
    conversions.push(...(await Promise.all(reads)).flat());
  }
  const byNewestChange = new Map(conversions.map((conversion) => [newestChange(conversion, until), conversion]));
  return rows.flatMap(({ key }) => byNewestChange.get(key) ?? []);
}

const concurrentReads = 16;

/** The place in the log of the newest change up to a moment: a later one belongs to a later list. */
function newestChange({ history }: Conversion, until: string): string | undefined {
  const keys = history
    .filter(({ reason }) => reason === 'OK' || reason === 'OK_UPDATED')
    .flatMap(({ requestId }) => logKeyOf(requestId)?.receivedAtAndRequestId ?? [])
    .filter((key) => key < until);
  return keys.sort().at(-1);
}
