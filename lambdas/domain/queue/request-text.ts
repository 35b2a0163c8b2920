import * as v from 'valibot';
import type { PostbackRequest } from '../postback/request';

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
  }),
  sourceIp: v.string(),
  receivedAt: v.number(),
  integration: optionalText,
});

/** A request as a text that brings it back byte for byte. It holds every secret that the request holds: for sealing only. */
export function writeRequest(request: PostbackRequest): string {
  return JSON.stringify({ ...request, body: Buffer.from(request.body).toString('base64') });
}

/** Reads such a text; `undefined` where it is none. */
export function readRequest(text: string): PostbackRequest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const reading = v.safeParse(requestSchema, parsed);
  if (!reading.success) return undefined;
  return { ...reading.output, body: Buffer.from(reading.output.body, 'base64') };
}
