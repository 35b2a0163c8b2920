import type { DocumentWarning } from '../configuration/document-reading';
import { macrosOf } from './pattern-texts';
import type { Postback } from '../configuration/outbound-postback';
import { patternOf } from './render';
import { templateOf } from './sources';

const noClickId =
  'The source does not get its own click ID, so that it can match no conversion. Add {external_id} to the request.';
const noStatus =
  'The request names no status: each change looks like a new conversion. Add {status}, or set "when" to "first".';

/** Returns the oddities of a source's postbacks, which are accepted all the same. */
export function sourceWarnings({
  postbacks = [],
}: {
  readonly postbacks?: readonly Postback[] | undefined;
}): readonly DocumentWarning[] {
  return postbacks.flatMap((postback, index) =>
    warningsOf(postback).map(({ field, message }) => ({ path: `postbacks.${index}.${field}`, message })),
  );
}

interface Warning {
  readonly field: string;
  readonly message: string;
}

function warningsOf(postback: Postback): readonly Warning[] {
  const { template, url, when, statuses } = postback;
  const pattern = patternOf(postback, templateOf(template));
  if (pattern === undefined) return [];
  const names = new Set(macrosOf(pattern).map(({ name }) => name));
  const hasId = (['external_id', 'clickid', 'param', 'txid'] as const).some((name) => names.has(name));
  const isOnce = when === 'first' || (when === 'each-status' && statuses?.length === 1);
  return [
    ...(hasId ? [] : [{ field: url === undefined ? 'template' : 'url', message: noClickId }]),
    ...(isOnce || names.has('status') ? [] : [{ field: 'when', message: noStatus }]),
  ];
}
