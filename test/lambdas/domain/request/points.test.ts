import * as fc from 'fast-check';
import { clickId, request } from '../support/factories';
import { claimsOf, type Given } from '../support/read-postback';

const id = clickId();
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&${text}`), given);
const json = (amount: string, given?: Given) =>
  claimsOf(request('', { body: `{"clickid":"${id}","amount":${amount}}` }), given);
const commas = { integration: { decimalComma: true } };
const plainly = { integration: { amountFormat: '1234.56' } };

describe('a point before three digits', () => {
  test.each(['1.000', '2.500', '12.000', '999.990', '-1.000&status=reversed', '1.234'])(
    'may separate thousands in %s: a warning says so',
    (amount) => {
      expect(query(`amount=${amount}`)).toMatchObject([{ warnings: ['AMOUNT_PRECISION'] }]);
    },
  );

  test.each(['0.500', '1.00', '1.0000', '12.5000', '1000.000', '0.000', '1000', '1.000&currency=KWD'])(
    'separates none in %s',
    (amount) => {
      expect(query(`amount=${amount}`)).toMatchObject([{ warnings: [] }]);
    },
  );

  test('is what the integration says that it is', () => {
    expect(query('amount=1.000', plainly)).toMatchObject([{ amount: '1', warnings: [] }]);
    expect(query('amount=1.000', commas)).toMatchObject([{ amount: '1000', warnings: [] }]);
    expect(query('amount=1.000', { integration: { decimalComma: false } })).toMatchObject([{ warnings: [] }]);
  });
});

describe('a number of JSON', () => {
  test.each(['0.125', '1.125', '3.375', '1.000', '12.5', '1234.5'])(
    '%s has the decimal point in every format',
    (text) => {
      const amount = String(Number(text));
      for (const given of [commas, plainly, { integration: { amountFormat: '1,234.56' } }]) {
        expect(json(text, given)).toMatchObject([{ amount }]);
      }
    },
  );

  test('is no other number in quotes', () => {
    expect(json('"1.125"', commas)).toMatchObject([{ amount: '1125' }]);
    expect(json('"1,125"', commas)).toMatchObject([{ amount: '1.125' }]);
  });

  test('counts smallest units where the sender does', () => {
    expect(json('1250', { integration: { amountFormat: 'minor' } })).toMatchObject([{ amount: '12.5' }]);
    expect(json('1.5e1', { integration: { amountFormat: 'float' } })).toMatchObject([{ amount: '15' }]);
  });

  test('is read as itself, whichever it is', () => {
    const cents = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(cents, fc.constantFrom(10, 100, 1000), (count, scale) => {
        const text = JSON.stringify(count / scale);
        expect(json(text, commas)).toMatchObject([{ amount: text }]);
      }),
      { seed: 17, numRuns: 500 },
    );
  });
});

describe('a transaction ID of which something was lost', () => {
  test.each(['1.23457E+11', '1,23457E+11', '9.00000e+12'])(
    '%s is that of a spreadsheet, and a warning says so',
    (text) => {
      expect(query(`amount=1&txid=${encodeURIComponent(text)}`)).toMatchObject([
        { transactionId: text, warnings: ['TRANSACTION_ID_DAMAGED'] },
      ]);
    },
  );

  test('has the letter that stands for any', () => {
    const body = Buffer.from(JSON.stringify({ clickid: id, amount: 1, txid: 'B\ufffdcher' }));
    expect(claimsOf(request('', { body }))).toMatchObject([{ warnings: ['TRANSACTION_ID_DAMAGED'] }]);
  });

  test.each(['1.23457', 'E+11', '12E+11', '1.5E-11', 'B%C3%BCcher'])('%s is one like any other', (text) => {
    expect(query(`amount=1&txid=${text.replace('+', '%2B')}`)).toMatchObject([{ warnings: [] }]);
  });
});
