import type { ClickDetails } from '../../../../lambdas/domain/conversion/click-details';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import type { Conversion, Sighting } from '../../../../lambdas/domain/conversion/conversion';
import { erasedConversion, requestsOf } from '../../../../lambdas/domain/conversion/erasure';
import { forgetStatement } from '../../../../lambdas/domain/trust/statement';
import { now, requestId } from '../support/factories';
import { claim, Ledger } from './ledger';

const click: ClickDetails = { clickedAt: now - 60_000, offer: 'main', subs: { sub1: 'red' }, bot: false };
const forgotten = forgetStatement('a statement');

/** A sale of which nothing says anything of a person, with what these fields add. */
function saleWith(fields: Partial<Conversion> = {}): Conversion {
  const ledger = new Ledger('ignore', 'T1');
  ledger.say({ amount: '10', bytes: forgotten });
  if (ledger.stored === undefined) throw new Error('the sale was recorded');
  return { ...ledger.stored, ...fields };
}

const sighting = (statement: string): Sighting => ({ requestId: requestId(9), statement, receivedAt: now });
const [known, unknown] = [sighting('a statement'), sighting(forgotten)];

describe('a conversion', () => {
  test('of which nothing says anything of a person has nothing to erase', () => {
    const rows = [
      saleWith(),
      saleWith({ click: { ...click, subs: {} }, erased: true }),
      saleWith({ settledClaims: [unknown], droppedClaims: [unknown], repeats: [unknown] }),
    ];
    expect(rows.map(erasedConversion)).toEqual([undefined, undefined, undefined]);
  });

  test.each<[string, Partial<Conversion>, Partial<Conversion>]>([
    ['the source that the link of its click named', { source: 'news' }, { source: undefined }],
    ['the visitor of its click', { click }, { click: { ...click, subs: {} } }],
    ['the source, though it was erased before', { source: 'news', erased: true }, { source: undefined }],
    ['the identity of a settled request', { settledClaims: [known] }, { settledClaims: [unknown] }],
    ['the identity of a dropped request', { droppedClaims: [known] }, { droppedClaims: [unknown] }],
    ['the identity of a separately counted one', { repeats: [known, unknown] }, { repeats: [unknown, unknown] }],
  ])('loses %s', (_, fields, after) => {
    const sale = saleWith(fields);
    expect(erasedConversion(sale)).toEqual({ ...sale, ...after, erased: true, version: 2 });
  });

  test('loses what its claims say of their sender: the order, and all but a few letters of the identity', () => {
    const [first] = saleWith().history;
    if (first === undefined) throw new Error('the sale has a claim');
    const others = [
      { ...first, order: '1001' },
      { ...first, statement: 'a statement' },
    ];
    for (const other of others) {
      expect(erasedConversion(saleWith({ history: [first, other] }))).toEqual(
        saleWith({ history: [first, first], erased: true, version: 2 }),
      );
    }
  });

  test('loses the same of the reversals that still wait after a long history', () => {
    const waiting = claim({ status: 'reversed', bytes: forgotten }, 'ignore', 5);
    const settledWith = (one: typeof waiting): Conversion => saleWith({ settled: { sold: false, waiting: [one] } });
    for (const said of [
      { ...waiting, order: '1001' },
      { ...waiting, statement: 'a statement' },
    ]) {
      expect(erasedConversion(settledWith(said))?.settled).toStrictEqual({ sold: false, waiting: [waiting] });
    }
    expect(erasedConversion(settledWith(waiting))).toBeUndefined();
  });

  test('keeps event, transaction, status, money and times, in no more fields than it had', () => {
    const sale = saleWith({ source: 'news' });
    const { source: _source, ...rest } = sale;
    expect(erasedConversion(sale)).toStrictEqual({ ...rest, erased: true, version: 2 });
  });
});

test('the requests of a conversion are those of its history, and those that it only remembers', () => {
  const ledger = new Ledger('increment', 'T1');
  const said = Array.from({ length: historyLimit + 1 }, (_, at) => ledger.say({ amount: '1' }, at));
  ledger.mode = 'separate';
  ledger.say({ amount: '2' }, 200);
  const ids = ledger.stored === undefined ? [] : requestsOf(ledger.stored);
  expect(new Set(ids).size).toBe(said.length + 1);
});
