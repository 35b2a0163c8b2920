import type { AmountFormat } from '../../domain/values/amount';
import { amountFormatOf } from '../../domain/request/money-reading';
import { exampleValues } from '../integrations/example-postback';
import { parameterName } from '../integrations/postback-url';
import { presetOfSheet, type SheetFacts } from './facts';
import { bullets, code, section } from './markdown';

const formats: Readonly<Record<AmountFormat, (amount: string, example: string) => string>> = {
  '1234.56': (amount, example) =>
    `${amount} is a decimal with a point: ${example}. No comma, no separator of thousands, no symbol, no exponent.`,
  '1,234.56': (amount, example) =>
    `${amount} is a decimal with a point: ${example}. Commas may separate thousands: ${code('1,234.56')}. No symbol.`,
  '1.234,56': (amount, example) =>
    `${amount} is a decimal with a comma: ${example}. Points may separate thousands: ${code('1.234,56')}. No symbol.`,
  minor: (amount, example) =>
    `${amount} is a whole number in the smallest unit of its currency: ${example} is 12.50 USD, and 1250 JPY.`,
  float: (amount, example) =>
    `${amount} is a decimal with a point, as programs write it: ${example}, or ${code('1.25e1')}.`,
};

export function moneySection(facts: Pick<SheetFacts, 'integration'>): string {
  const { integration } = facts;
  const preset = presetOfSheet(facts);
  const example = code(exampleValues(integration).amount ?? '');
  const amount = code(parameterName(integration, 'amount'));
  const currency = code(parameterName(integration, 'currency'));
  return section(
    'Amount and currency',
    bullets([
      formats[amountFormatOf(integration, preset)](amount, example),
      'Send up to 12 digits before the decimal mark and 6 after it. They are kept exactly; more decimals are rounded to 6.',
      `A value that is no amount is rejected, and never counted as 0. Without ${amount} the agreed payout of the event or the campaign counts; without a payout the conversion has no amount.`,
      integration.currency === undefined
        ? `Send ${currency} with every amount: there is no default.`
        : `Without ${currency} the amount is in ${code(integration.currency)}.`,
      integration.adjustments === true
        ? 'Negative amounts correct the conversion with the same click ID, event and transaction ID.'
        : 'Negative amounts are rejected, except with a status that reverses. Send a conversion again with such a status to reverse it.',
    ]),
  );
}
