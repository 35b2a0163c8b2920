import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import { now } from '../support/factories';
import { claim, Ledger } from './ledger';

describe('a history beyond its limit', () => {
  const times = (ledger: Ledger): readonly number[] =>
    (ledger.stored?.history ?? [])
      .map(({ eventTime }) => (eventTime - now) / 1000)
      .toSorted((left, right) => left - right);

  test('drops the oldest claim that changed nothing, and never the one that just came', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ amount: '10', at: 0, home: 'USD' }, 1000);
    for (let at = historyLimit; at > 0; at--) ledger.say({ amount: '99', at }, 2000 - at);
    expect(times(ledger)).toEqual([0, 1, ...Array.from({ length: historyLimit - 2 }, (_, place) => place + 3)]);
    expect([ledger.stored?.settled?.status, ledger.stored?.settled?.keyCurrency]).toEqual([undefined, 'USD']);
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
  });

  test('settles its older half where every claim changed something, and knows those claims again', () => {
    const ledger = new Ledger('increment', 'T1');
    const oldest = claim({ amount: '1', at: 1, bytes: 'the oldest' }, 'increment', 2000);
    for (let at = historyLimit + 1; at > 1; at--) ledger.say({ amount: '1', at }, 2000 - at);
    ledger.take(oldest);
    const half = historyLimit / 2;
    expect(times(ledger)).toEqual(Array.from({ length: half + 1 }, (_, place) => half + place + 1));
    expect(ledger.stored?.settledClaims).toHaveLength(half);
    expect([ledger.state[1], ledger.stored?.settled?.price?.amount]).toEqual([String(historyLimit + 1), String(half)]);
    expect(ledger.take(oldest)).toMatchObject({ reason: 'OK_DUPLICATE', notes: [] });
    for (let at = 0; at < half; at++) ledger.say({ amount: '1', at: 500 + at }, 3000 + at);
    expect(ledger.stored?.settledClaims).toHaveLength(historyLimit);
    expect([ledger.state[1], ledger.delta]).toEqual([
      String(1.5 * historyLimit + 1),
      { XXX: String(1.5 * historyLimit + 1) },
    ]);
  });
});
