import { lookup as resolveName, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { destinationProblem, isAllowed, isRoutableAddress, type UrlRules } from '../domain/outbound/address-rules';
import type { Attempt, AttemptFailure } from '../domain/outbound/judge';
import type { OutboundRequest } from '../domain/outbound/request';

/** The limits of one attempt. */
export interface SendingLimits {
  /** For resolving the name and connecting, TLS included. */
  readonly connectMilliseconds: number;
  readonly totalMilliseconds: number;
  /** Maximum bytes of the answer's body that are read. */
  readonly answerBytes: number;
}

const usualLimits: SendingLimits = { connectMilliseconds: 2000, totalMilliseconds: 5000, answerBytes: 16 * 1024 };

/**
 * Sends one request and reads the beginning of its answer. Connects to the address that was checked after one resolution, so that a
 * changed DNS answer cannot redirect it. Follows no redirects. Never throws.
 */
export async function sendOutbound(
  request: OutboundRequest,
  rules: UrlRules,
  limits: SendingLimits = usualLimits,
): Promise<Attempt> {
  if (destinationProblem(request.url, rules) !== undefined) return { failure: 'ADDRESS_REJECTED' };
  const url = new URL(request.url);
  const begun = performance.now();
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ''), limits.connectMilliseconds);
  if (typeof addresses === 'string') return { failure: addresses };
  // One forbidden address among allowed ones indicates an attack.
  const isSafe = isAllowed(url, rules) || addresses.every(({ address }) => isRoutableAddress(address));
  const [target] = addresses;
  if (!isSafe || target === undefined) return { failure: 'ADDRESS_REJECTED' };
  const spent = performance.now() - begun;
  return exchange(request, url, target, {
    ...limits,
    connectMilliseconds: limits.connectMilliseconds - spent,
    totalMilliseconds: limits.totalMilliseconds - spent,
  });
}

async function resolve(name: string, milliseconds: number): Promise<readonly LookupAddress[] | AttemptFailure> {
  return new Promise((settle) => {
    const timer = setTimeout(() => settle('TIMED_OUT'), milliseconds);
    resolveName(name, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      settle(error === null && addresses.length > 0 ? addresses : 'NAME_NOT_FOUND');
    });
  });
}

function exchange(
  { method, headers, body }: OutboundRequest,
  url: URL,
  target: LookupAddress,
  limits: SendingLimits,
): Promise<Attempt> {
  return new Promise((settle) => {
    const encrypted = url.protocol === 'https:';
    let isSent = false;
    const request = (encrypted ? https : http).request(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      // A new connection: a kept one was checked for another request.
      agent: false,
      lookup: lookupOf(target),
    });
    const late = (): void => finish({ failure: isSent ? 'OUTCOME_UNKNOWN' : 'TIMED_OUT' });
    const connecting = setTimeout(late, limits.connectMilliseconds);
    const whole = setTimeout(late, limits.totalMilliseconds);

    function finish(attempt: Attempt): void {
      clearTimeout(connecting);
      clearTimeout(whole);
      settle(attempt);
      request.destroy();
    }

    request.on('socket', (socket) =>
      socket.once(encrypted ? 'secureConnect' : 'connect', () => {
        isSent = true;
        clearTimeout(connecting);
      }),
    );
    request.on('error', (error) => finish({ failure: isSent ? 'OUTCOME_UNKNOWN' : failureOf(error) }));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const answer = (): Attempt => ({
        httpStatus: response.statusCode ?? 0,
        text: Buffer.concat(chunks).subarray(0, limits.answerBytes).toString('utf8'),
        retryAfter: response.headers['retry-after'],
      });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= limits.answerBytes) finish(answer());
      });
      response.on('end', () => finish(answer()));
      response.on('error', () => finish({ failure: 'OUTCOME_UNKNOWN' }));
    });
    request.end(body);
  });
}

/** Resolves any name to the checked address. */
function lookupOf({ address, family }: LookupAddress): LookupFunction {
  return (_, { all }, callback) => {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(error: Error & { readonly code?: string }): AttemptFailure {
  return tlsCodes.test(error.code ?? '') ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}
