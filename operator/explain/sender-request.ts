import { routePostback } from '../../lambdas/domain/routing/postback-route';
import { integrationIn, readTarget, type Target } from '../../lambdas/domain/routing/target';
import { Failure, usageFailure } from '../failure';
import type { LogRow } from '../answers';
import { loggedRequest } from '../log/raw-request';
import type { OutgoingPostback } from '../postback/send-postback';
import { nameOfPair, unmaskedBody, unmaskedPairs } from './unmasked';

/** A postback that a dry run can judge again. */
export interface SenderRequest {
  readonly outgoing: OutgoingPostback;
  /** The integration in the path. */
  readonly integration?: string;
  /** The state of its token, if it had one: readable, or masked by the log. */
  readonly token: 'none' | 'shown' | 'masked';
  /** Whether it was signed. The signature is dropped: it did not cover the dry-run parameter. */
  readonly signed: boolean;
  /** Omitted parameters, whose values the log does not keep. */
  readonly leftOut: readonly string[];
}

/** The key that a sender signs a URL with. */
const signatureNames: readonly string[] = ['sig', 'ts', 'kid'];

/** Reads a postback URL, whole or from its path. */
export function requestOfUrl(text: string, publicUrl: string): SenderRequest {
  if (!URL.canParse(text, publicUrl)) throw usageFailure(`"${text.slice(0, 80)}" is no URL.`);
  const { pathname, search } = new URL(text, publicUrl);
  return requestOfParts(pathname, search.slice(1), '');
}

/** Returns the request of a log row, without the masked values. */
export function requestOfRow(row: LogRow): SenderRequest {
  const { query, body, cut } = loggedRequest(row);
  const cannot = (why: string): Failure => new Failure('finding', why);
  if (row.erased === true) throw cannot('Its click was erased, and the request with it.');
  if (cut) throw cannot('The request is longer than what the log keeps of it.');
  if (row.rows !== undefined || row.path.startsWith('/postbacks/')) {
    throw cannot('It is a batch: the log has one row per row of it.');
  }
  return requestOfParts(row.path, query, row.method === 'POST' ? body : '');
}

function requestOfParts(rawPath: string, rawQuery: string, body: string): SenderRequest {
  const target = readTarget(rawPath, rawQuery);
  const { path, query } = target;
  if (!isPostback(target)) {
    throw usageFailure(`${path} is no path of postbacks.`, 'They go to /postback and /postback/{integration}.');
  }
  const [fromQuery, fromBody] = [unmaskedPairs(query), unmaskedBody(body)];
  const pairs = fromQuery.text.split('&').filter((pair) => pair !== '');
  const kept = pairs.filter((pair) => ![...signatureNames, 'dry_run'].includes(nameOfPair(pair)));
  const masked = [...fromQuery.leftOut, ...fromBody.leftOut];
  const integration = integrationIn(target);
  return {
    outgoing: {
      path,
      // Always a dry run: nothing may be recorded.
      query: [...kept, 'dry_run=1'].join('&'),
      ...(body !== '' && { body: fromBody.text }),
    },
    ...(integration !== undefined && { integration }),
    token: masked.includes('token') ? 'masked' : kept.some((pair) => nameOfPair(pair) === 'token') ? 'shown' : 'none',
    signed: [...masked, ...pairs.map(nameOfPair)].includes('sig'),
    leftOut: masked.filter((name) => name !== 'token' && !signatureNames.includes(name)),
  };
}

/** Rejects other paths, which ignore `dry_run`: a click would be recorded. */
const isPostback = (target: Target): boolean => routePostback('GET', target, false).kind === 'postback';
