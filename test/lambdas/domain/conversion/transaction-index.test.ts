import { transactionChange, transactionDigest } from '../../../../lambdas/domain/conversion/transaction-index';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { clickId } from '../support/factories';
import { Ledger } from './ledger';

/** The row of a sale, as the table keeps it. */
function saleOf(transactionId: string | undefined, fields: Partial<Conversion> = {}): Conversion {
  const ledger = new Ledger('ignore', transactionId);
  ledger.say({ amount: '10' });
  if (ledger.stored === undefined) throw new Error('the sale was recorded');
  return { ...ledger.stored, ...fields };
}

const sale = saleOf('T1');
const erased = saleOf('T1', { erased: true });
const unnamed = saleOf(undefined);
const ofSale = { digest: transactionDigest('T1'), clickId: clickId() };

test.each<[string, Conversion | undefined, Conversion | undefined, 'added' | 'removed' | undefined]>([
  ['comes with the first row', undefined, sale, 'added'],
  ['stays as it is when the row changes', sale, { ...sale, version: 2 }, undefined],
  ['goes when the person of its click is erased', sale, erased, 'removed'],
  ['has gone when an erased row changes', erased, { ...erased, version: 2 }, undefined],
  ['goes with the row', sale, undefined, 'removed'],
  ['goes where the first image that is seen is an erased one', undefined, erased, 'removed'],
  ['is absent where the sale has no transaction', undefined, unnamed, undefined],
  ['is absent where a row without a transaction goes', unnamed, undefined, undefined],
  ['is absent where there is no row', undefined, undefined, undefined],
])('the entry of a transaction %s', (_, before, after, what) => {
  expect(transactionChange(before, after)).toEqual(what === undefined ? undefined : { ...ofSale, what });
});

// `printf T1 | openssl dgst -sha256 -binary | head -c 16 | basenc --base64url`: stored entries are found by it.
test('the digest of a transaction ID is the first half of its SHA-256, and stays the same for good', () => {
  expect(transactionDigest('T1')).toBe('H5NgPbU7-tXJI5D3NdDLuA');
  expect(transactionDigest('t1')).not.toBe(transactionDigest('T1'));
});
