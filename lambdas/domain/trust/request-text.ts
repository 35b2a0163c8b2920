import * as v from 'valibot';
import type { PostbackRequest } from '../text/postback-request';
import type { AuthenticatedAs } from './authenticated';

const optionalText = v.optional(v.string());

const requestSchema = v.object({
  method: v.string(),
  path: v.string(),
  rawQuery: v.string(),
  body: v.string(),
  headers: v.object({
    'content-type': optionalText,
    'content-encoding': optionalText,
    'user-agent': optionalText,
    authorization: optionalText,
    'webhook-id': optionalText,
    'webhook-timestamp': optionalText,
    'webhook-signature': optionalText,
    'idempotency-key': optionalText,
  }),
  sourceIp: v.string(),
  receivedAt: v.number(),
  integration: optionalText,
  authenticated: v.optional(
    v.object({
      integration: v.string(),
      version: v.optional(v.number()),
      trust: v.picklist(['proven', 'let-pass', 'browser']),
      keyId: optionalText,
      statement: v.string(),
      signedAt: v.optional(v.number()),
      page: optionalText,
    }),
  ),
});

/** A request with what authentication found when it was received; the request is then only what authentication covered. */
export interface KeptRequest {
  readonly request: PostbackRequest;
  readonly authenticated?: AuthenticatedAs;
}

/**
 * A request as a text that brings it back byte for byte. It may hold secrets: for sealing only.
 * @param carried what is sealed beside the request; a reader that does not know it reads the request all the same
 */
export function writeRequest({ request, authenticated }: KeptRequest, carried?: object): string {
  return JSON.stringify({ ...request, body: Buffer.from(request.body).toString('base64'), authenticated, carried });
}

/** Reads such a text; `undefined` where it is none. */
export function readKeptRequest(text: string): KeptRequest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const reading = v.safeParse(requestSchema, parsed);
  if (!reading.success) return undefined;
  const { authenticated, ...request } = reading.output;
  return {
    request: { ...request, body: Buffer.from(request.body, 'base64') },
    ...(authenticated !== undefined && { authenticated }),
  };
}
