import { createHmac } from 'node:crypto';
import { open, type Client, type Json } from './client';

/** A sender with the credentials of its integration. */
export interface Sender {
  /** Its integration and its campaign. */
  readonly id: string;
  readonly clickId: string;
  readonly token: string;
  readonly kid: string;
  readonly key: Buffer;
}

/** An integration that adds up what it is sent, so that anything counted twice shows in the amount. */
export async function newSender(client: Client, auth: object, settings: object = {}): Promise<Sender> {
  const id = await client.campaign({
    integration: { auth: { ...open, ...auth }, duplicates: { default: 'increment' }, ...settings },
  });
  const { body } = await client.admin('POST', `/integrations/${id}/credentials`, {});
  const hmac = { ...(body['hmac'] as Json) };
  const key = Buffer.from(String(hmac['secret']).replace(/^whsec_/, ''), 'base64');
  return { id, clickId: await client.click(id), token: String(body['token']), kid: String(hmac['kid']), key };
}

const now = (): number => Math.floor(Date.now() / 1000);

/** A body, signed by the headers of Standard Webhooks. */
export function signedPost({ key }: Sender, body: string, type = 'application/json') {
  const timestamp = String(now());
  const signature = createHmac('sha256', key).update(`m1.${timestamp}.${body}`).digest('base64');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'webhook-id': 'm1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  };
}

/** A signed query: `{path}?{raw}&sig={sig}`. */
export function signedGet({ id, key, kid }: Sender, query: string) {
  const path = `/postback/${id}`;
  const raw = `${query}&ts=${now()}&kid=${kid}`;
  return { path, raw, sig: createHmac('sha256', key).update(`v1.GET.${path}.${raw}`).digest('hex') };
}

/** What is recorded of a sender's click: event, transaction ID, status and amount of each conversion. */
export async function recorded(client: Client, { clickId }: Sender): Promise<readonly string[]> {
  const found = await client.conversions(clickId);
  return found.map((one) => [one['event'], one['transactionId'], one['status'], one['amount']].join(' ')).toSorted();
}
