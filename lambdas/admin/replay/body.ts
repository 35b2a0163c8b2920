import * as v from 'valibot';
import type { LogFilter } from '../../adapters/postback-log-filter';
import { notBlank } from '../../domain/configuration/fields';
import { fillableWarnings, recordedResults, replayableReasons, replayableResults } from '../../domain/verdict/replay';
import { authenticationReasons } from '../../domain/values/reasons';
import { asBody, readBodyFields } from '../http/body';
import { queryOf, readCursor } from '../http/cursor';
import { logPosition } from '../log/position';
import { keyAfter, keyBefore } from '../log/walk';
import { canonicalClickId } from '../../domain/click/click-id';
import { maximumLimit, moment, readPeriod } from '../http/query-parameters';

/** The order of one call: a stretch of the log, and conditions on its rows. */
export interface ReplayOrder {
  readonly dryRun: boolean;
  readonly limit: number;
  readonly filter: LogFilter;
  readonly from: string;
  readonly below: string;
  /** By which the cursors of this replay are known. */
  readonly query: string;
}

const text = v.optional(
  v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('must not be empty'), v.metadata(notBlank)),
);

const reason = v.pipe(
  v.string('must be a text'),
  v.check(
    (sent) => !authenticationReasons.some((known) => known === sent),
    'is never replayed: its sender was not authenticated, and a replay cannot do that',
  ),
  v.check(
    (sent) =>
      replayableReasons.some((known) => known === sent) || authenticationReasons.some((known) => known === sent),
    `must be one of ${[...replayableReasons].sort().join(', ')}`,
  ),
  v.metadata({ enum: replayableReasons }),
);

export const replaySchema = v.strictObject({
  filter: v.optional(
    v.strictObject({
      integration: text,
      campaign: text,
      clickId: text,
      result: v.optional(
        v.picklist(replayableResults, `must be one of ${replayableResults.join(', ')}: other results are final`),
      ),
      reason: v.optional(reason),
      warning: v.pipe(
        v.optional(
          v.picklist(
            fillableWarnings,
            `must be one of ${[...fillableWarnings].sort().join(', ')}: a replay fills in nothing else`,
          ),
        ),
        v.description('Recorded postbacks with this warning, to fill in what was missing'),
      ),
      since: v.optional(moment),
      until: v.optional(moment),
    }),
    {},
  ),
  dryRun: v.optional(v.boolean('must be true or false'), false),
  limit: v.optional(
    v.pipe(
      v.number(`must be a whole number from 1 to ${maximumLimit}`),
      v.integer(`must be a whole number from 1 to ${maximumLimit}`),
      v.minValue(1, `must be a whole number from 1 to ${maximumLimit}`),
      v.maxValue(maximumLimit, `must be a whole number from 1 to ${maximumLimit}`),
    ),
    maximumLimit,
  ),
  cursor: text,
});

const what =
  '{"filter": {integration?, campaign?, clickId?, result?, reason?, warning?, since?, until?}, "dryRun"?, "limit"?, "cursor"?}';

type Filter = v.InferOutput<typeof replaySchema>['filter'];

/**
 * Reads the body of a replay. Without a filter it is all that a replay may change or fill in, of the last 24 hours as in every list.
 */
export function readReplayOrder(body: string, now: number): ReplayOrder {
  const { filter, dryRun, limit, cursor } = readBodyFields(what, body, replaySchema);
  const period = asBody('filter.', () => readPeriod(filter, now));
  // A dry run goes another way through the log than the real one after it: their cursors are not each other's.
  const query = queryOf('replay', { ...filter, dryRun: String(dryRun) });
  const start = { from: keyBefore(period.since), below: keyAfter(period.until) };
  const position = asBody('', () => readCursor(query, logPosition, cursor)) ?? start;
  return { dryRun, limit, ...position, query, filter: logFilterOf(filter) };
}

function logFilterOf({ integration, campaign, clickId, ...kinds }: Filter): LogFilter {
  return {
    ...kindsOf(kinds),
    ...(integration !== undefined && { integration: [integration] }),
    ...(campaign !== undefined && { campaign: [campaign] }),
    ...(clickId !== undefined && { clickId: [canonicalClickId(clickId)] }),
  };
}

function kindsOf({ result, reason: asked, warning }: Filter): LogFilter {
  const others: LogFilter = {
    result: result === undefined ? replayableResults : [result],
    reason: asked === undefined ? replayableReasons : [asked],
  };
  const recorded = (warnings: readonly string[]): LogFilter => ({ result: recordedResults, warning: warnings });
  // A warning alone is of what was recorded; beside a result or a reason it narrows them.
  if (result !== undefined || asked !== undefined)
    return { ...others, ...(warning !== undefined && { warning: [warning] }) };
  if (warning !== undefined) return recorded([warning]);
  return { anyOf: [others, recorded(fillableWarnings)] };
}
