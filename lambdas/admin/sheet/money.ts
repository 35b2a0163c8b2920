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
    `${amount} is a decimal with a point: ${example}. Commas may part the thousands: ${code('1,234.56')}. No symbol.`,
  '1.234,56': (amount, example) =>
    `${amount} is a decimal with a comma: ${example}. Points may part the thousands: ${code('1.234,56')}. No symbol.`,
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
      'Up to 12 digits before the mark and 6 behind it, kept exactly as sent; more digits are rounded to 6.',
      `What is no amount is refused, and never counted as 0. Without ${amount} the payout agreed for the event, or else for the campaign, counts; where there is none, the conversion has no amount.`,
      integration.currency === undefined
        ? `Send ${currency} with every amount: none is assumed.`
        : `Without ${currency} the amount is in ${code(integration.currency)}.`,
      integration.adjustments === true
        ? 'Negative amounts are taken as corrections of the conversion with the same click ID, event and transaction ID.'
        : 'Negative amounts are refused, but with a status that takes back. To take a conversion back, send it again with such a status.',
    ]),
  );
}
