import { randomBytes, randomUUID } from 'node:crypto';
import { addAmounts, readAmount, zero, type Amount } from '../../../../lambdas/domain/values/amount';
import { readCurrency } from '../../../../lambdas/domain/values/currency';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { Conversion, ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import type { ClickId } from '../../../../lambdas/domain/click/click-id';
import { mintRequestId, type RequestId } from '../../../../lambdas/domain/values/request-id';
import { clickIdKeys, type Master } from '../../../../lambdas/domain/trust/keys';
import { master } from './secret-server';

export function newClickId(mintedAt = Date.now(), by: Master = master): ClickId {
  const [key] = clickIdKeys(by);
  return mintClickId(key, mintedAt, randomBytes(8));
}

export function newRequestId(receivedAt = Date.now()): RequestId {
  return mintRequestId(receivedAt, randomBytes(9));
}

export function amountOf(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (!reading.ok) throw new Error(`${text} is no amount`);
  return reading.amount;
}

export function subjectOf(fields: Partial<ConversionSubject> = {}): ConversionSubject {
  return {
    clickId: newClickId(),
    event: 'sale',
    transactionId: 'T1',
    campaign: 'spring',
    integration: 'acme',
    test: false,
    ...fields,
  };
}

/** A claim that differs from every other in its request, and in nothing else unless it is said. */
export function claimOf(fields: Partial<Claim> & { readonly text?: string } = {}): Claim {
  const { text = '1.1', ...others } = fields;
  const receivedAt = fields.receivedAt ?? Date.now();
  const amount = amountOf(text);
  const currency = readCurrency('USD');
  return {
    requestId: newRequestId(receivedAt),
    eventTime: receivedAt,
    timeGiven: false,
    receivedAt,
    statement: randomUUID(),
    retryHours: 48,
    status: 'approved',
    amount,
    ...(currency !== undefined && { currency }),
    fallback: { status: 'approved', ...(currency !== undefined && { currency }) },
    ...(currency !== undefined && { homeCurrency: currency }),
    mode: 'ignore',
    ...others,
  };
}

/** What is payable over all of them, exactly. */
export function sumOf(conversions: readonly Conversion[]): Amount {
  return conversions.flatMap((conversion) => Object.values(payableOf(conversion))).reduce(addAmounts, zero);
}

/** What their histories say was paid, change by change. */
export function sumOfDeltas(conversions: readonly Conversion[]): Amount {
  return conversions
    .flatMap(({ history }) => history.flatMap(({ deltas }) => Object.values(deltas)))
    .reduce(addAmounts, zero);
}
