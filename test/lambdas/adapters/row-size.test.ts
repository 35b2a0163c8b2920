import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import { waitingLimit } from '../../../lambdas/domain/conversion/apply';
import type { Claim } from '../../../lambdas/domain/request/claim';
import { historyLimit } from '../../../lambdas/domain/conversion/compaction';
import type { Conversion, Sighting } from '../../../lambdas/domain/conversion/conversion';
import { withSighting } from '../../../lambdas/domain/conversion/retries';
import { now } from '../domain/support/factories';
import { claim, Ledger, type Said } from '../domain/conversion/ledger';
import { itemBytes } from './support/item-bytes';

/** The most that one item of DynamoDB may have. */
const most = 400 * 1024;
const hour = 3_600_000;

/** A claim whose texts are as long as a sender can make them, a row of a batch. */
function long(said: Said, seconds: number): Claim {
  const payout = { payout: '123456789012.123456', home: 'EUR', currency: 'USD' };
  const short = claim({ ...payout, ...said }, 'increment', seconds);
  return {
    ...short,
    statement: `${String(seconds).padStart(43, 's')}.1000`,
    order: 'o'.repeat(100),
    sequence: { batch: short.requestId, row: 1000 },
    renewal: true,
    ...(short.reversal !== undefined && {
      anyEvent: true,
      amountInAll: true,
      ofTransaction: 't'.repeat(400),
      seeks: 'sale',
    }),
  };
}

/** A key of the greatest length, and a click whose source says as much of itself as is kept, in letters of three bytes. */
function largest(): Ledger {
  const ledger = new Ledger('increment', 'T'.repeat(400));
  const click = {
    clickedAt: now,
    offer: 'x'.repeat(64),
    subs: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, '€'.repeat(512)])),
    externalId: '€'.repeat(512),
    userAgent: '€'.repeat(256),
    ipPrefix: '2001:db8:1::/48',
    bot: false,
  };
  Object.assign(ledger.subject, { click, source: '€'.repeat(512), event: '€'.repeat(64) });
  return ledger;
}

function stored({ stored: row }: Ledger): Conversion {
  if (row === undefined) throw new Error('every first claim is recorded');
  return row;
}

const bytesOf = (row: Conversion): number => itemBytes(writeConversion(row));

describe('a row stays below what one item may have', () => {
  test('with reversals that wait for a sale that never comes, and a sender who continues to reverse', () => {
    const ledger = largest();
    for (let second = 0; second < 1500; second++) ledger.take(long({ status: 'reversed', amount: '1.123456' }, second));
    expect(stored(ledger).history).toHaveLength(waitingLimit);
    expect(bytesOf(stored(ledger))).toBeLessThan(most / 4);
  });

  test('where every list of it is full, with the longest texts that a sender can send', () => {
    const ledger = largest();
    for (let second = 0; second < waitingLimit; second++) {
      ledger.take(long({ status: 'reversed', amount: '1.123456' }, second));
    }
    // These name a later time than the reversals, which go on waiting: they are settled first.
    for (let second = waitingLimit; second <= historyLimit; second++) {
      ledger.take({ ...long({ status: 'approved', amount: '123456789012.123456', at: second }, second) });
    }
    for (let second = historyLimit + 1; stored(ledger).history.length < historyLimit; second++) {
      ledger.take(long({ status: 'reversed', amount: `${second}.000001`, at: second }, second));
    }
    let sightings: readonly Sighting[] = [];
    for (let second = 0; second < 1500; second++) {
      const one = long({}, second);
      sightings = withSighting(sightings, { ...one, lastSeenAt: one.receivedAt + hour });
    }
    const row = { ...stored(ledger), repeats: sightings, settledClaims: sightings, droppedClaims: sightings };
    expect([row.history.length, row.settled?.waiting.length]).toEqual([historyLimit, waitingLimit]);
    expect(bytesOf(row)).toBeLessThan(most);
  });
});
