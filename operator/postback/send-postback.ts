import * as v from 'valibot';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import type { Credentials } from '../documents/credentials';
import { signedUrl, webhookHeaders, type SigningKey } from './signing';
import { sendPlainly } from '../api/connection';
import { Failure } from '../failure';
import { verdict, type Verdict } from '../answers';

/** A sender's postback without its credentials. */
export interface OutgoingPostback {
  /** Begins with a slash. */
  readonly path: string;
  readonly query: string;
  /** If present, the postback is sent by POST. */
  readonly body?: string;
}

/** The credentials that authenticate a sender. */
export interface Proof {
  readonly token?: string;
  readonly signingKey?: SigningKey;
}

/** Returns the credentials of the integration's sender: the token, and a signature if the integration checks one. */
export function proofOf({ token, hmac }: Pick<Credentials, 'token' | 'hmac'>, auth: Integration['auth']): Proof {
  return { token, ...(auth.hmac !== 'off' && { signingKey: hmac }) };
}

export interface SentPostback {
  readonly httpStatus: number;
  /** Absent if the integration replies with a literal body. */
  readonly verdict?: Verdict;
  readonly requestId?: string;
}

/** Sends a postback to the public URL; the token goes into a header, where no log keeps it. */
export async function sendPostback(
  publicUrl: string,
  { path, query, body }: OutgoingPostback,
  { token, signingKey }: Proof = {},
): Promise<SentPostback> {
  const plain = `${publicUrl}${path}${query === '' ? '' : `?${query}`}`;
  const now = Math.floor(Date.now() / 1000);
  const url = new URL(signingKey !== undefined && body === undefined ? await signedUrl(plain, signingKey, now) : plain);
  const response = await sendPlainly({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: {
      'user-agent': 'postback-tracker-cli',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': contentTypeOf(body) }),
      ...(body !== undefined && signingKey !== undefined && (await webhookHeaders(body, signingKey, now))),
    },
    ...(body !== undefined && { body }),
  });
  const read = readVerdict(await response.text());
  const requestId = read?.requestId ?? response.headers.get('x-request-id') ?? undefined;
  if (read === undefined && requestId === undefined) {
    throw new Failure('unreachable', `${url.origin}${path} answered ${response.status}, not a verdict.`, {
      hint:
        response.status >= 500
          ? 'Run "tracker status": it names the failing function. Then read docs/runbook.md#postbacks-failing.'
          : 'Check that the address is a tracker of the same version as this command.',
    });
  }
  return {
    httpStatus: response.status,
    ...(read !== undefined && { verdict: read }),
    ...(requestId !== undefined && { requestId }),
  };
}

function contentTypeOf(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'application/x-www-form-urlencoded';
}

function readVerdict(text: string): Verdict | undefined {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), verdict), text);
  return reading.success ? reading.output : undefined;
}
