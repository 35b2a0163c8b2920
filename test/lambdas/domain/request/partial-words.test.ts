import { clickId, request } from '../support/factories';
import { claimsOf, readPostback, type Given } from '../support/read-postback';

const id = clickId();
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&txid=A1&${text}`), given);
const rejection = (text: string, given?: Given): unknown =>
  readPostback(request(`clickid=${id}&txid=A1&${text}`), given);

describe('a word for a part', () => {
  test.each([
    'event=partial_refund',
    'event=refund_partial',
    'event=PartialRefund',
    'status=partially_refunded',
    'status=partial_refund',
    'status=refunded&event=partial_refund',
    'event=teilweise_erstattung',
  ])('%s without an amount takes nothing back: which part it was cannot be known', (text) => {
    expect(rejection(text)).toMatch(
      /^AMOUNT_INVALID: "\S+" takes back a part, and no amount was read. Send the part as/,
    );
  });

  test('names the parameter that may hold it', () => {
    expect(rejection('event=partial_refund&commission=5')).toMatch(
      'Name the one of "commission" that holds the part in parameters.amount of the integration, then replay.',
    );
  });

  test('takes back the whole where the integration says that every reversal does', () => {
    expect(query('event=partial_refund', { integration: { reversals: 'whole' } })).toMatchObject([
      { status: 'reversed', reversal: 'whole' },
    ]);
  });

  test('takes back the part that it names', () => {
    expect(query('event=partial_refund&amount=4')).toMatchObject([{ status: 'reversed', amount: '4', warnings: [] }]);
  });
});

describe('a reversal that names the amount of the order and the part beside it', () => {
  test.each(['refund_amount', 'refunded_amount', 'amount_refunded', 'refund_total', 'refundAmount', 'amountRefunded'])(
    'takes back what %s says',
    (name) => {
      for (const told of ['event=refund', 'status=refunded', 'event=partial_refund', 'transaction_type=refund']) {
        expect(query(`${told}&amount=100&${name}=20`)).toMatchObject([
          { status: 'reversed', amount: '20', warnings: expect.arrayContaining(['NAME_GUESSED']) as unknown },
        ]);
        expect(query(`${told}&${name}=20`)).toMatchObject([{ status: 'reversed', amount: '20' }]);
      }
    },
  );

  test('in an object beside the click ID, and in JSON', () => {
    const body = JSON.stringify({
      clickid: id,
      event: 'refund',
      order: { order_id: 'A1', amount: 100, refund_amount: 20 },
    });
    expect(claimsOf(request('', { body }))).toMatchObject([{ status: 'reversed', amount: '20', transactionId: 'A1' }]);
  });

  test('such an amount says nothing of a sale', () => {
    expect(query('amount=100&refund_amount=20')).toEqual([
      { event: 'conversion', amount: '100', transactionId: 'A1', warnings: [] },
    ]);
  });

  test.each(['refund_amount={refund_amount}', 'refund_amount=1&refund_amount=2', 'refund_amount[value]=2'])(
    'nor does %s, which a reversal is rejected for',
    (text) => {
      expect(query(`amount=100&${text}`)).toMatchObject([{ event: 'conversion', amount: '100' }]);
      expect(query(`amount=100&event=refund&${text}`)).toMatch(
        /^(?:MACRO_UNREPLACED|PARAMETER_CONFLICT|AMOUNT_INVALID)$/,
      );
    },
  );

  test('the names of the integration come first', () => {
    const given = { integration: { parameters: { amount: ['total'] } } };
    expect(query('event=refund&total=100&refund_amount=20', given)).toMatchObject([{ amount: '100', warnings: [] }]);
  });

  test('one that is no number is rejected', () => {
    expect(query('event=refund&amount=100&refund_amount=abc')).toBe('AMOUNT_INVALID');
  });
});
