import { exampleValues } from '../example-postback';
import { parameterName } from '../postback-url';
import { presetOfSheet, type SheetFacts } from './facts';
import { bullets, code, section } from './markdown';

export function moneySection(facts: Pick<SheetFacts, 'integration'>): string {
  const { integration } = facts;
  const preset = presetOfSheet(facts);
  const example = code(exampleValues(integration).amount ?? '');
  const amount = code(parameterName(integration, 'amount'));
  const currency = code(parameterName(integration, 'currency'));
  return section(
    'Amount and currency',
    bullets([
      preset.amountInMinorUnits === true
        ? `${amount} is a whole number in the smallest unit of its currency: ${example} is 12.50 USD, and 1250 JPY.`
        : (integration.decimalComma ?? preset.decimalComma ?? false)
          ? `${amount} is a decimal with a comma: ${example}. No separator of thousands, no symbol.`
          : `${amount} is a decimal with a point: ${example}. No comma, no separator of thousands, no symbol, no exponent.`,
      'Up to 12 digits before the mark and 6 behind it. It is kept exactly as sent and never rounded.',
      `What is no amount is refused, and never counted as 0. Without ${amount} the payout agreed for the event, or else for the campaign, counts; where there is none, 0.`,
      integration.currency === undefined
        ? `Send ${currency} with every amount: none is assumed.`
        : `Without ${currency} the amount is in ${code(integration.currency)}.`,
      integration.adjustments === true
        ? 'Negative amounts are taken as corrections of the conversion with the same click ID, event and transaction ID.'
        : 'Negative amounts are refused. To take a conversion back, send it again with a status that says so.',
    ]),
  );
}
