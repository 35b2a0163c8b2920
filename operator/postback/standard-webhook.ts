import { createHmac, randomUUID } from 'node:crypto';
import type { SigningKey } from './sign-query';

/** Signs a body as senders do: the headers of Standard Webhooks. See docs/signing.md. */
export function webhookHeaders(
  body: string,
  { secret }: SigningKey,
  unixSeconds: number,
): Readonly<Record<string, string>> {
  const id = `msg_${randomUUID()}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${unixSeconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(unixSeconds), 'webhook-signature': `v1,${signature}` };
}
