import {
  conversionKeyOf,
  occurredAt,
  repeatOf,
  type Conversion,
} from '../../../../lambdas/domain/conversion/conversion';
import { now, requestId } from '../support/factories';
import { claim, type Said } from './ledger';

const repeat = requestId(1);

describe('the key of a conversion', () => {
  test.each([
    ['sale#T1', { event: 'sale', transactionId: 'T1', test: false }],
    ['sale#', { event: 'sale', test: false }],
    ['test:sale#T1', { event: 'sale', transactionId: 'T1', test: true }],
    [`sale+${repeat}#T1`, { event: 'sale', transactionId: 'T1', test: false, repeatOf: repeat }],
    ['a%2Bb%23c#d#e+f', { event: 'a+b#c', transactionId: 'd#e+f', test: false }],
  ])('is %s, which rows are stored under', (key, parts) => {
    expect(conversionKeyOf(parts)).toBe(key);
  });

  test.each([
    ['of a row that counts separately', { event: 'sale', transactionId: 'T1', test: false }],
    ['of a test', { event: 'sale', test: true }],
    ['whose event and transaction hold the marks of a key', { event: 'a+b#c', transactionId: 'd#e+f', test: false }],
  ])('%s names the request that the row began with', (_, parts) => {
    expect(repeatOf(conversionKeyOf({ ...parts, repeatOf: repeat }))).toBe(repeat);
  });

  test.each([
    ['sale#T1'],
    ['test:sale#'],
    [`sale#T+${repeat}`],
    [`sale#+${repeat}#`],
    [conversionKeyOf({ event: `sale+${repeat}`, transactionId: 'T1', test: false })],
    ['sale+T1#T1'],
  ])('%s names no such request', (key) => {
    expect(repeatOf(key)).toBeUndefined();
  });
});

describe('the time of a sale', () => {
  const timeOf = (said: readonly Said[], fields: Pick<Conversion, 'occurredAt'> = {}): number => {
    const history = said.map((one) => ({ ...claim(one, 'ignore', 100), reason: 'OK' as const, deltas: {} }));
    return (occurredAt({ history, recordedAt: now + 100_000, ...fields }) - now) / 1000;
  };
  const [sale, refund]: readonly [Said, Said] = [{ at: 50 }, { status: 'reversed', at: 20 }];
  const dropped = (seconds: number): Pick<Conversion, 'occurredAt'> => ({ occurredAt: now + seconds * 1000 });

  test.each<[string, readonly Said[], Pick<Conversion, 'occurredAt'>, number]>([
    ['is that of its earliest claim', [{ at: 60 }, sale], {}, 50],
    ['is none that a refund names', [refund, sale], {}, 50],
    ['is that of a refund that has no sale yet', [refund], {}, 20],
    ['is that of the earliest claim that was dropped', [sale], dropped(40), 40],
    ['is that of an earlier claim that came later', [sale], dropped(60), 50],
    ['is none that a refund names where the sale was dropped', [refund], dropped(40), 40],
    ['is that of its record where all its claims moved to other rows', [], {}, 100],
  ])('%s', (_, history, fields, seconds) => {
    expect(timeOf(history, fields)).toBe(seconds);
  });
});
