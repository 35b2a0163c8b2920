import { integration } from '../../lambdas/domain/support/factories';
import { presetOf } from '../../../lambdas/domain/presets';
import { fieldNamesOf } from '../../../lambdas/domain/request/field-names';
import { selectValues } from '../../../lambdas/domain/request/field-values';
import { readMoney } from '../../../lambdas/domain/request/money-reading';
import { splitPairs } from '../../../lambdas/domain/text/query';
import { adviceOf } from '../../../operator/explain/advice';

/** The rejection of an amount or a currency, in the words of the tracker. */
function rejectionOf(query: string, settings: Readonly<Record<string, unknown>> = {}) {
  const document = integration({ currency: 'USD', ...settings });
  const selected = selectValues(splitPairs(query, 'query'), fieldNamesOf(document), undefined);
  if (!selected.ok) return selected.rejection;
  const reading = readMoney(selected.value.values, 'sale', {
    integration: document,
    preset: presetOf('generic'),
    campaign: undefined,
    takesBack: false,
    needsNoAmount: false,
  });
  if (reading.ok) throw new Error(`${query} is read`);
  return reading.rejection;
}

test.each([
  ['amount=1.234%2C56', {}, 'amountFormat'],
  ['amount=12%2C50', { amountFormat: '1,234.56' }, 'amountFormat'],
  ['amount=%2412.50', {}, 'amountFormat'],
  ['amount=1e3', {}, 'amountFormat'],
  ['amount=12.50', { amountFormat: 'minor' }, 'amountFormat'],
  ['amount=-5', {}, 'adjustments'],
  ['amount=%E2%82%AC12.50&currency=USD', { amountFormat: '1,234.56' }, 'currency'],
  ['amount%5Bnet%5D=1&amount%5Btax%5D=2', {}, 'parameters.amount'],
  ['amount=1&currency=PES', {}, 'currencies'],
])(
  'of %s with %j, the advice names the setting that the message names, and the integration',
  (query, settings, setting) => {
    const { reason, message } = rejectionOf(query, settings);
    expect(message).toContain(setting);
    const { who, what } = adviceOf(reason, 'acme', message);
    expect(who).toBe('you');
    expect(what).toContain(`Set ${setting} of acme as the message says, then replay`);
  },
);

test.each(['amount=abc', 'amount=1234567890123'])(
  'of %s, which no setting reads, the advice is for the sender',
  (query) => {
    const { reason, message } = rejectionOf(query);
    expect(adviceOf(reason, 'acme', message)).toEqual({
      who: 'the sender',
      what: 'Send the amount as the message says.',
      field: 'amount',
    });
  },
);

test('a parameter that is called like a setting is none', () => {
  const { reason, message } = rejectionOf('amount=1&currency=amountFormat%20of%20the%20integration');
  expect(adviceOf(reason, 'acme', message).what).toContain('Set currencies of acme');
});

test('without a message, the advice is that of the reason', () => {
  expect(adviceOf('STATUS_UNKNOWN', 'acme').what).toContain('tracker integration put acme');
});

test('the advice on a test does not say again what the message of its verdict says of reports', () => {
  expect(adviceOf('OK_TEST', 'acme')).toMatchObject({ who: 'nobody', what: expect.not.stringMatching(/report/) });
});
