import { applyClaim } from '../../../../lambdas/domain/conversion/apply';
import { Rows, subjectOf, unnamed } from './rows';

interface Sent {
  readonly amount?: string;
  readonly status?: 'pending' | 'approved' | 'rejected';
  readonly order?: string;
}

/** A shop whose system gives every payment and every refund its own transaction, and both the number of their order. */
class Shop {
  private readonly rows = new Rows();

  pay(transactionId: string, { order, ...said }: Sent) {
    return this.rows.amongOf({ transactionId }, { ...this.rows.claimOf(said), ...(order !== undefined && { order }) });
  }

  /** It read its click before that was marked: it does not look for refunds. */
  payHastily(transactionId: string, { order, ...said }: Sent): void {
    const paid = { ...this.rows.claimOf(said), ...(order !== undefined && { order }) };
    const { conversion } = applyClaim(undefined, subjectOf({ transactionId }), paid);
    this.rows.rows.set(conversion.conversionKey, conversion);
  }

  refund(transactionId: string, order: string | undefined, amount?: string, bytes?: string) {
    const said = { status: 'reversed', ...(amount && { amount }), ...(bytes && { bytes }) } as const;
    return this.rows.among(subjectOf({ event: 'conversion', transactionId }), {
      ...this.rows.claimOf(said),
      anyEvent: true,
      ...(order !== undefined && { order }),
    });
  }

  paid(...transactions: readonly string[]): readonly string[] {
    return transactions.map((transactionId) => this.rows.at(`sale#${transactionId}`));
  }
}

const waits = { notes: [{ code: 'REVERSAL_WITHOUT_SALE' }] };

describe('a refund that names the order of its sale', () => {
  test('is of the payment of that order, and never of another order or of a sale without one', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.pay('P2', { amount: '50', order: 'O2' });
    shop.pay('P3', { amount: '50' });
    expect(shop.refund('R1', 'O2')).toMatchObject({ reason: 'OK_UPDATED', notes: [] });
    expect(shop.paid('P1', 'P2', 'P3')).toEqual(['approved 50', 'reversed 50', 'approved 50']);
  });

  test.each([
    ['of its amount', '20', ['approved 10', 'reversed 20']],
    ['that has as much', '15', ['approved 10', 'approved 5']],
    ['that came first, where it names no amount', undefined, ['reversed 10', 'approved 20']],
  ])('is of the payment of the order %s', (_, amount, states) => {
    const shop = new Shop();
    shop.pay('P1', { amount: '10', order: 'O1' });
    shop.pay('P2', { amount: '20', order: 'O1' });
    shop.refund('R1', 'O1', amount);
    expect(shop.paid('P1', 'P2')).toEqual(states);
  });

  test('is of the payment whose transaction it names, though another one of the order has its very amount', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.pay('P2', { amount: '20', order: 'O1' });
    shop.refund('P1', 'O1', '20');
    expect(shop.paid('P1', 'P2')).toEqual(['approved 30', 'approved 20']);
  });

  test('is of the payment of that order, though a sale without one happens to have its key', () => {
    const rows = new Rows();
    const conversion = subjectOf({ ...unnamed, event: 'conversion' });
    rows.among(conversion, rows.claimOf({ amount: '10' }));
    rows.amongOf({ transactionId: 'P1' }, { ...rows.claimOf({ amount: '50' }), order: 'O1' });
    rows.among(conversion, { ...rows.claimOf({ status: 'reversed' }), anyEvent: true, order: 'O1' });
    expect([rows.at('conversion#'), rows.at('sale#P1')]).toEqual(['approved 10', 'reversed 50']);
  });

  test('is of the payment of that order, though another sale is over and has its very amount', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.pay('P2', { amount: '20', status: 'rejected' });
    shop.refund('R1', 'O1', '20');
    expect(shop.paid('P1', 'P2')).toEqual(['approved 30', 'rejected 20']);
  });

  test('is no guess: a sale that has the transaction of the refund later does not take it over', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '10', order: 'O1' });
    expect(shop.refund('R1', 'O1', '15')).toMatchObject({ reason: 'OK_UPDATED', notes: [] });
    shop.pay('R1', { amount: '15' });
    expect(shop.paid('P1', 'R1')).toEqual(['reversed 10', 'approved 15']);
  });

  test('waits beside the only sale where that is of another order, and meets the payment of its own', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    expect(shop.refund('R1', 'O2')).toMatchObject(waits);
    shop.pay('P3', { amount: '60', order: 'O3' });
    shop.pay('P2', { amount: '70', order: 'O2' });
    expect(shop.paid('P1', 'P2', 'P3')).toEqual(['approved 50', 'reversed 70', 'approved 60']);
  });

  test('waits for its order, whichever other order comes before', () => {
    const shop = new Shop();
    shop.refund('R1', 'O2');
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.pay('P2', { amount: '70', order: 'O2' });
    expect(shop.paid('P1', 'P2')).toEqual(['approved 50', 'reversed 70']);
  });

  test('meets the payment of its order also beside two other sales', () => {
    const shop = new Shop();
    for (const transactionId of ['P1', 'P2']) shop.pay(transactionId, { amount: '50' });
    expect(shop.refund('R1', 'O3')).toMatchObject(waits);
    shop.pay('P3', { amount: '70', order: 'O3' });
    expect(shop.paid('P1', 'P2', 'P3')).toEqual(['approved 50', 'approved 50', 'reversed 70']);
  });

  test('does not meet a sale of another order that is approved without its number', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', status: 'pending', order: 'O1' });
    shop.refund('R1', 'O2');
    shop.pay('P1', { status: 'approved' });
    expect(shop.paid('P1')).toEqual(['approved 50']);
  });

  test('meets a sale of its order that is approved without its number', () => {
    const shop = new Shop();
    for (const transactionId of ['P2', 'P3']) shop.pay(transactionId, { amount: '50' });
    shop.refund('R1', 'O1');
    shop.payHastily('P1', { amount: '50', status: 'pending', order: 'O1' });
    shop.pay('P1', { status: 'approved' });
    expect(shop.paid('P1', 'P2', 'P3')).toEqual(['reversed 50', 'approved 50', 'approved 50']);
  });

  test('meets the only sale that may be of its order: one of another order is none', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.refund('R1', 'O2');
    shop.pay('P2', { amount: '70' });
    expect(shop.paid('P1', 'P2')).toEqual(['approved 50', 'reversed 70']);
  });

  test('that was taken for the only sale is handed over to the payment of its order', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50' });
    expect(shop.refund('R1', 'O2')).toMatchObject({ notes: [{ code: 'REVERSAL_OF_ONLY_SALE', named: 'R1' }] });
    shop.pay('P2', { amount: '70', order: 'O2' });
    expect(shop.paid('P1', 'P2')).toEqual(['approved 50', 'reversed 70']);
  });

  test('that was taken for the only sale is handed over when it is looked at again, where its payment did not look', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50' });
    shop.refund('R1', 'O2', undefined, 'the refund');
    shop.payHastily('P2', { amount: '70', order: 'O2' });
    shop.refund('R1', 'O2', undefined, 'the refund');
    expect(shop.paid('P1', 'P2')).toEqual(['approved 50', 'reversed 70']);
  });

  test('stays with the only sale where that turns out to be of its order', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', status: 'pending' });
    shop.refund('R1', 'O2');
    shop.pay('P1', { status: 'approved', order: 'O2' });
    shop.pay('P2', { amount: '70', order: 'O2' });
    expect(shop.paid('P1', 'P2')).toEqual(['reversed 50', 'approved 70']);
  });

  test('stays with the payment of its order when the next payment of that comes', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    shop.refund('R1', 'O1', '20');
    shop.pay('P2', { amount: '20', order: 'O1' });
    expect(shop.paid('P1', 'P2')).toEqual(['approved 30', 'approved 20']);
  });
});

describe('the order of a sale', () => {
  test('is the one that any claim of it names', () => {
    for (const named of [0, 1]) {
      const shop = new Shop();
      const orders = named === 0 ? ['O1', undefined] : [undefined, 'O1'];
      for (const [place, order] of orders.entries()) {
        const status = place === 0 ? 'pending' : 'approved';
        shop.pay('P1', { amount: '50', status, ...(order !== undefined && { order }) });
      }
      shop.pay('P2', { amount: '60' });
      expect(shop.refund('R2', 'O2')).toMatchObject({ notes: [{ code: 'REVERSAL_OF_ONLY_SALE' }] });
      expect(shop.refund('R1', 'O1')).toMatchObject({ notes: [] });
      expect([named, ...shop.paid('P1', 'P2')]).toEqual([named, 'reversed 50', 'reversed 60']);
    }
  });

  test('is not the one of a refund that was taken for it: the next refund of that may mean another sale', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50' });
    shop.refund('R1', 'O1', '4');
    shop.pay('P2', { amount: '60' });
    expect(shop.refund('R2', 'O1', '5')).toMatchObject(waits);
    expect(shop.paid('P1', 'P2')).toEqual(['approved 46', 'approved 60']);
  });

  test('is not the one of a refund that was taken for it: a refund of another order is taken for it as well', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50' });
    shop.refund('R1', 'O1', '4');
    shop.refund('R2', 'O2', '5');
    expect(shop.paid('P1')).toEqual(['approved 41']);
  });

  test('does not matter to a refund that names none', () => {
    const shop = new Shop();
    shop.pay('P1', { amount: '50', order: 'O1' });
    expect(shop.refund('R1', undefined)).toMatchObject({ notes: [{ code: 'REVERSAL_OF_ONLY_SALE', named: 'R1' }] });
    expect(shop.paid('P1')).toEqual(['reversed 50']);
  });

  test('does not matter to a refund that names none and waits', () => {
    const shop = new Shop();
    shop.refund('R1', undefined);
    shop.pay('P1', { amount: '50', order: 'O1' });
    expect(shop.paid('P1')).toEqual(['reversed 50']);
  });
});

describe('a refund of an order that was taken for a sale without an amount', () => {
  function guessed(): Shop {
    const shop = new Shop();
    shop.pay('S0', {});
    shop.refund('R1', 'O2', '30');
    expect(shop.paid('S0')).toEqual(['reversed none']);
    return shop;
  }

  test('is not handed over to a payment of another order', () => {
    const shop = guessed();
    shop.pay('P1', { amount: '30', order: 'O1' });
    expect(shop.paid('S0', 'P1')).toEqual(['reversed none', 'approved 30']);
  });

  test.each([undefined, 'O2'])('is handed over to the payment of the order %s, whatever else was paid', (order) => {
    const shop = guessed();
    shop.pay('P1', { amount: '40', order: 'O1' });
    shop.pay('P2', { amount: '50', ...(order !== undefined && { order }) });
    expect(shop.paid('S0', 'P1', 'P2')).toEqual(['approved none', 'approved 40', 'approved 20']);
  });
});
