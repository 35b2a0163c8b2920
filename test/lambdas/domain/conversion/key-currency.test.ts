import {
  claimsOfCurrency,
  keyCurrencyAfter,
  type KeyCurrency,
} from '../../../../lambdas/domain/conversion/key-currency';
import { currency } from '../support/factories';
import { claim, type Said } from './ledger';

const [USD, EUR, GBP] = ['USD', 'EUR', 'GBP'].map(currency);

const claimsOf = (said: readonly Said[]) => said.map((one, seconds) => claim(one, 'ignore', seconds));

const status: Said = { status: 'approved', home: 'USD' };
const amount: Said = { amount: '5', home: 'USD' };
const euros: Said = { amount: '5', currency: 'EUR', home: 'USD' };
const noHome: Said = { amount: '5' };

describe('the currency of a key', () => {
  test.each<[string, readonly Said[], KeyCurrency]>([
    ['that of its integration, until an amount comes', [status], { keyCurrency: USD, currencyAwaits: 'amount' }],
    ['unknown, where its integration has none', [{ status: 'approved' }], { currencyAwaits: 'amount' }],
    ['that of its integration at the first amount', [status, { ...amount, home: 'GBP' }, euros], { keyCurrency: GBP }],
    ['what the first amount names', [euros, amount], { keyCurrency: EUR }],
    ['what is named before any amount', [{ currency: 'EUR', home: 'USD' }, amount], { keyCurrency: EUR }],
    ['open, where its first amount has none', [noHome, amount], { currencyAwaits: 'name' }],
    ['what is named later, where its first amount has none', [noHome, amount, euros], { keyCurrency: EUR }],
    [
      'that of its first integration, where its first amount has none',
      [status, noHome, amount],
      { keyCurrency: USD, currencyAwaits: 'name' },
    ],
  ])('is %s', (_, said, expected) => {
    expect(keyCurrencyAfter({}, claimsOf(said))).toEqual(expected);
  });

  test.each<[string, KeyCurrency, readonly Said[], KeyCurrency]>([
    ['that is decided never changes', { keyCurrency: USD }, [euros], { keyCurrency: USD }],
    [
      'that awaits an amount is not the present one of the integration',
      { keyCurrency: USD, currencyAwaits: 'amount' },
      [{ status: 'approved', home: 'GBP' }],
      { keyCurrency: USD, currencyAwaits: 'amount' },
    ],
    [
      'that awaits an amount is decided by it',
      { keyCurrency: USD, currencyAwaits: 'amount' },
      [{ ...amount, home: 'GBP' }],
      { keyCurrency: GBP },
    ],
    [
      'that awaits an amount awaits a name after one without a currency',
      { keyCurrency: USD, currencyAwaits: 'amount' },
      [noHome],
      { keyCurrency: USD, currencyAwaits: 'name' },
    ],
    [
      'that awaits a name is not that of a later amount',
      { keyCurrency: USD, currencyAwaits: 'name' },
      [{ ...amount, home: 'GBP' }],
      { keyCurrency: USD, currencyAwaits: 'name' },
    ],
    ['that awaits a name is the one that is named', { currencyAwaits: 'name' }, [amount, euros], { keyCurrency: EUR }],
    ['is not asked for before the first claim', {}, [], {}],
  ])('%s', (_, before, said, expected) => {
    expect(keyCurrencyAfter(before, claimsOf(said))).toEqual(expected);
  });
});

describe('the claims that the currency of a key rests on', () => {
  test.each<[string, readonly Said[], readonly number[]]>([
    ['the first alone, where none has money', [status, status], [0]],
    ['the first, and the first amount', [status, amount, amount], [0, 1]],
    ['the first, the first amount and the first name', [status, noHome, amount, euros, euros], [0, 1, 3]],
  ])('are %s', (_, said, expected) => {
    const order = claimsOf(said);
    const needed = new Set(claimsOfCurrency({ currencyAwaits: 'amount' }, order));
    expect([...needed].map((one) => order.indexOf(one))).toEqual(expected);
  });

  test('are none once it is decided', () => {
    expect(claimsOfCurrency({ keyCurrency: USD }, claimsOf([amount, euros]))).toEqual([]);
  });
});
