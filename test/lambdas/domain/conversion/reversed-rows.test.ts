import { Click, type SaidOfClick } from './click';

/** What a click's rows show once these have arrived; each row is a sale of its own. */
function shownAfter(...all: readonly SaidOfClick[]): readonly string[] {
  const click = new Click('separate');
  for (const said of all) click.say(said);
  return click.conversions.map(({ status, amount = 'none' }) => `${status} ${amount}`);
}

const sale = (amount: string, currency = 'USD'): SaidOfClick => ({ status: 'approved', amount, currency });
const hold = (amount: string): SaidOfClick => ({ ...sale(amount), status: 'pending' });
const refund = (amount: string): SaidOfClick => ({ status: 'reversed', amount });

describe('a reversal of an amount, among rows that count separately', () => {
  test('is about the row that has it, else about the first that has as much', () => {
    expect(shownAfter(sale('10'), sale('30'), sale('40'), refund('40'))).toEqual([
      'approved 10',
      'approved 30',
      'reversed 40',
    ]);
    expect(shownAfter(sale('10'), sale('30'), sale('40'), refund('20'))).toEqual([
      'approved 10',
      'approved 10',
      'approved 40',
    ]);
  });

  test('takes nothing from a larger sale where the one of its amount is reversed already', () => {
    expect(shownAfter(sale('10'), sale('30'), refund('10'), refund('10'))).toEqual(['reversed 10', 'approved 30']);
  });

  test('takes nothing from a larger sale where the one of its amount is rejected', () => {
    const rejection: SaidOfClick = { ...sale('10'), status: 'rejected' };
    expect(shownAfter(sale('10'), sale('30'), rejection, refund('10'))).toEqual(['rejected 10', 'approved 30']);
  });

  test('is about the approved one of two that have it, though the other is reversed', () => {
    expect(shownAfter(sale('10'), sale('10'), sale('30'), refund('10'), refund('10'))).toEqual([
      'reversed 10',
      'reversed 10',
      'approved 30',
    ]);
  });

  test('takes from the sale of its currency, though one of as much in another currency is reversed', () => {
    const rows = shownAfter(sale('10'), sale('30', 'EUR'), refund('10'), { ...refund('10'), currency: 'EUR' });
    expect(rows).toEqual(['reversed 10', 'approved 20']);
  });

  test('of 0 is about the row of 0, beside one without an amount', () => {
    expect(shownAfter({ status: 'approved' }, sale('0'), refund('0'))).toEqual(['approved none', 'reversed 0']);
  });

  test('takes from what is approved, though a hold has its amount', () => {
    expect(shownAfter(sale('30'), hold('10'), refund('10'))).toEqual(['approved 20', 'pending 10']);
  });
});

describe('a reversal without an amount, among rows that count separately', () => {
  const reversal: SaidOfClick = { status: 'reversed' };

  test('is about the first that is approved and has money', () => {
    const rows = shownAfter({ status: 'approved' }, sale('10'), sale('30'), reversal);
    expect(rows).toEqual(['approved none', 'reversed 10', 'approved 30']);
  });

  test('is about the first where none has money', () => {
    expect(shownAfter({ status: 'approved' }, sale('0'), reversal)).toEqual(['reversed none', 'approved 0']);
  });
});

test.each([undefined, '0'])(
  'a reversal of the amount %s takes back the sale, though a rejected lead has no more',
  (amount) => {
    const named = { transactionId: 'T1', ...(amount !== undefined && { amount }) };
    const click = new Click();
    click.say({ ...named, event: 'lead', status: 'rejected' });
    click.say({ ...sale('10'), transactionId: 'T1' });
    click.say({ ...named, event: 'refund', status: 'reversed', anyEvent: true });
    expect([click.at('lead#T1')[0], click.at('sale#T1')[0]]).toEqual(['rejected', 'reversed']);
  },
);
