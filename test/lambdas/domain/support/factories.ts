import type { Campaign } from '../../../../lambdas/domain/configuration/campaign';
import { readDocument } from '../../../../lambdas/domain/configuration/document';
import type { Integration } from '../../../../lambdas/domain/configuration/integration';
import { readAmount, type Amount } from '../../../../lambdas/domain/values/amount';
import { readCurrency, type Currency } from '../../../../lambdas/domain/values/currency';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import type { ClickId } from '../../../../lambdas/domain/click/click-id';
import { mintRequestId, type RequestId } from '../../../../lambdas/domain/values/request-id';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { clickIdKeys, type Master } from '../../../../lambdas/domain/trust/keys';

/** A Monday at noon, and the moment at which every test happens. */
export const now = Date.UTC(2026, 10, 23, 12);

export const master: Master = { currentNumber: 3, current: 'the master of the tests, long enough to be one' };
export const rotatedMaster: Master = {
  currentNumber: 4,
  current: 'another master of the tests, as long as the first',
  previous: master.current,
};

export function clickId(seed = 1, mintedAt = now - 60_000): ClickId {
  return mintClickId(clickIdKeys(master)[0], mintedAt, Buffer.alloc(8, seed));
}

export function requestId(seed: number, receivedAt = now): RequestId {
  const random = Buffer.alloc(9);
  random.writeUInt32BE(seed, 5);
  return mintRequestId(receivedAt, random);
}

export function amount(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (!reading.ok) throw new Error(`${text} is no amount`);
  return reading.amount;
}

export function currency(code: string): Currency {
  const read = readCurrency(code);
  if (read === undefined) throw new Error(`${code} is no currency`);
  return read;
}

export function integration(fields: Readonly<Record<string, unknown>> = {}): Integration {
  const reading = readDocument('integration', { name: 'Acme', preset: 'generic', ...fields });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

export function campaign(fields: Readonly<Record<string, unknown>> = {}): Campaign {
  const reading = readDocument('campaign', {
    name: 'Spring',
    integration: 'acme',
    status: 'active',
    offers: [{ id: 'main', url: 'https://shop.example/?c={clickid}', weight: 1 }],
    ...fields,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

/** A postback with this query, and with this body where one is given. */
export function request(
  rawQuery: string,
  { body = '', ...fields }: Partial<Omit<PostbackRequest, 'body'>> & { readonly body?: string | Uint8Array } = {},
): PostbackRequest {
  return {
    method: body.length === 0 ? 'GET' : 'POST',
    path: '/postback/acme',
    rawQuery,
    body: Buffer.from(body),
    headers: { 'user-agent': 'sender/1.0' },
    sourceIp: '203.0.113.7',
    receivedAt: now,
    integration: 'acme',
    ...fields,
  };
}
