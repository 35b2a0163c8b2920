import * as v from 'valibot';
import type { Query } from '../../api/query';
import { instant, momentOf, since } from '../../state/period';
import { text, word } from '../../state/parameters';

export const results = [
  'recorded',
  'updated',
  'duplicate',
  'queued',
  'rejected',
  'error',
  'test',
  'ignored',
  'dry_run',
] as const;

/** The address of the log: the visible part of it. */
export const logFields = {
  since,
  until: instant,
  result: word(results),
  reason: text,
  warning: text,
  integration: text,
  campaign: text,
  clickId: text,
  batchId: text,
  keyId: text,
  transactionId: text,
  live: v.literal('1'),
};

export type LogState = { readonly [Name in keyof typeof logFields]?: string };

const filterNames = [
  'result',
  'reason',
  'warning',
  'integration',
  'campaign',
  'clickId',
  'batchId',
  'keyId',
  'transactionId',
] as const;
/** The fields of a saved search. */
export const savedFields = ['since', 'until', ...filterNames] as const;
export type FilterName = (typeof filterNames)[number];

export const filterLabels: Readonly<Record<FilterName, string>> = {
  result: 'Result',
  reason: 'Reason',
  warning: 'Warning',
  integration: 'Integration',
  campaign: 'Campaign',
  clickId: 'Click ID',
  batchId: 'Batch ID',
  keyId: 'Key',
  transactionId: 'Order ID',
};

export const defaultSince = '24h';

export function filtersOf(state: LogState): readonly (readonly [FilterName, string])[] {
  return filterNames.flatMap((name) => {
    const value = state[name];
    return value === undefined ? [] : [[name, value] as const];
  });
}

export const filterQuery = (state: LogState): Query => Object.fromEntries(filtersOf(state));

export function periodOf(state: LogState, now: number): { readonly since: number; readonly until: number } {
  return {
    since: momentOf(state.since ?? defaultSince, now),
    until: state.until === undefined ? now + 60_000 : Date.parse(state.until),
  };
}
