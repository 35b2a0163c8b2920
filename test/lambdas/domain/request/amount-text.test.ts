import * as fc from 'fast-check';
import { plainAmount, withoutMark } from '../../../../lambdas/domain/request/amount-text';
import { clickId, request } from '../support/factories';
import { claimsOf, readPostback } from '../support/read-postback';

const id = clickId();
const sent = (text: string) => request(`clickid=${id}&amount=${encodeURIComponent(text)}`);
const read = (text: string, integration: object = {}) => claimsOf(sent(text), { integration: { ...integration } });
const human = { amountFormat: '1,234.56' };
const continental = { amountFormat: '1.234,56' };

describe('an amount in other letters', () => {
  test.each([
    ['\u0661\u0662.\u0665\u0660', '12.5'],
    ['\uff11\uff12\uff0e\uff15\uff10', '12.5'],
    ['\u0967\u0968.\u096b', '12.5'],
    ['+12.50', '12.5'],
    ['"12.50"', '12.5'],
    ["'12.50'", '12.5'],
    ['12.50&nbsp;', '12.5'],
  ])('%s is the number that it is', (text, amount) => {
    expect(read(text)).toEqual([{ event: 'conversion', amount, warnings: [] }]);
  });

  test('keeps its sign: a minus of print is a minus', () => {
    expect(read('\u221212.50')).toBe('AMOUNT_INVALID');
    expect(read('\u221212.50', { adjustments: true })).toMatchObject([{ amount: '-12.5' }]);
  });
});

describe('a currency beside the number', () => {
  test.each([
    ['$12.50', human],
    ['$ 12.50', human],
    ['12.50 USD', human],
    ['USD 12.50', human],
    ['usd12.50', human],
    ['US$12.50', human],
    ['12,50 $', continental],
    ['12.50&nbsp;USD', human],
  ])('is taken off %s in the formats of people', (text, integration) => {
    expect(read(text, integration)).toEqual([{ event: 'conversion', amount: '12.5', warnings: [] }]);
  });

  test.each([
    ['\u20ac1.234,50', continental, '1234.5', 'EUR'],
    ['R$ 1.234,50', continental, '1234.5', 'BRL'],
    ['1,234.50 GBP', human, '1234.5', 'GBP'],
    ['1 234,50 z\u0142', continental, '1234.5', 'PLN'],
  ])('says the currency where nothing else does: %s', (text, integration, amount, currency) => {
    expect(read(text, integration)).toMatchObject([{ amount, currency }]);
  });

  test('that is not the one that was sent is rejected: no amount changes its currency', () => {
    const euros = request(`clickid=${id}&amount=%2412.50&currency=EUR`);
    expect(readPostback(euros, { integration: human })).toBe(
      'AMOUNT_INVALID: "amount" came as "$12.50", and "$" is not EUR. Send the currency in another parameter, or set the currency of the integration.',
    );
    expect(read('12.50 kg', human)).toBe('AMOUNT_INVALID');
    expect(read('12.50 XYZ', human)).toBe('AMOUNT_INVALID');
  });

  test.each([
    ['$12.50', '"1,234.56" or "1.234,56"'],
    ['12,50 \u20ac', '"1.234,56"'],
    ['$1,234.50', '"1,234.56"'],
    ['1 234,56', '"1.234,56"'],
    ["1'234.50", '"1,234.56"'],
    ['R$ 12,50', '"1.234,56"'],
  ])('and separators are rejected otherwise, with the setting that takes them: %s', (text, formats) => {
    const message = readPostback(sent(text));
    expect(message).toMatch(/^AMOUNT_INVALID: /);
    expect(message).toContain(`amountFormat of the integration to ${formats}`);
    const integration = { amountFormat: formats.slice(1, 9) };
    expect(readPostback(sent(text), { integration })).toMatchObject([{ reading: { claim: {} } }]);
  });
});

test('an amount that is read is the number whose digits came, and never 0 for what is not 0', () => {
  const money = fc.integer({ min: 1, max: 99_999_999 });
  const around = fc.constantFrom('', '$', '\u20ac', 'USD ', 'R$', '+', '-', '"', '(', '#', 'x', '\u00a0');
  fc.assert(
    fc.property(
      money,
      around,
      around,
      fc.constantFrom('1234.56', '1,234.56', '1.234,56'),
      (cents, before, after, format) => {
        const text = `${before}${(cents / 100).toFixed(2)}${after}`;
        const claims = readPostback(sent(text), { integration: { amountFormat: format, adjustments: true } });
        if (typeof claims === 'string') return;
        const amount = Number(claims[0]?.reading.claim.amount);
        expect(Math.abs(amount)).toBe(cents / 100);
      },
    ),
    { seed: 13 },
  );
});

test('reading the letters of any text never throws, and makes no digit of what is none', () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !/\p{Nd}/u.test(one));
  fc.assert(
    fc.property(text, (one) => {
      expect(withoutMark(plainAmount(one)).number).not.toMatch(/\d/);
    }),
    { seed: 13 },
  );
});
