import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import { readAmount, type Amount, type AmountProblem } from '../conversion/amount';
import { minorDigitsOf, readCurrency, type Currency } from '../conversion/currency';
import type { Preset } from '../presets';
import type { FieldValue, FieldValues } from './field-values';
import { decodePercent } from './percent-encoding';
import { ownValue } from './own-value';
import { read, refuse, type Read } from './refusal';
import type { Warning } from './verdict';

export interface MoneyReading {
  /** As sent; absent where nothing was. */
  readonly amount?: Amount;
  readonly currency?: Currency;
  /** What stands in where the sender named nothing: the event's payout, then the campaign's. */
  readonly fallback: { readonly amount?: Amount; readonly currency?: Currency };
  readonly warnings: readonly Warning[];
}

/** Reads amount and currency. What is not plainly an amount is refused and named: never 0, never a default. */
export function readMoney(
  values: FieldValues,
  event: string,
  rules: { readonly integration: Integration; readonly preset: Preset; readonly campaign: Campaign | undefined },
): Read<MoneyReading> {
  const { integration, preset, campaign } = rules;
  const payout = ownValue(campaign?.events, event) ?? campaign?.payout;
  const currency = values.currency === undefined ? undefined : readCurrency(decodePercent(values.currency.text));
  if (values.currency !== undefined && currency === undefined) {
    return refuse(
      'CURRENCY_INVALID',
      `"${values.currency.parameter}" came as "${values.currency.text.slice(0, 64)}", which is no ISO 4217 currency in use. Send a code such as USD or EUR.`,
    );
  }
  if (values.amount === undefined) return read(withoutAmount(currency, payout, integration.currency));

  const assumed = currency ?? integration.currency ?? payout?.currency;
  const decimalComma = integration.decimalComma ?? preset.decimalComma ?? false;
  const sent = decodePercent(values.amount.text);
  const text = preset.amountInMinorUnits === true ? fromMinorUnits(sent, assumed) : sent;
  const reading = readAmount(text, { negative: integration.adjustments === true, decimalComma });
  if (!reading.ok) return refuse('AMOUNT_INVALID', amountMessage(values.amount, reading.problem));
  return read({
    amount: reading.amount,
    ...(currency !== undefined && { currency }),
    fallback: { ...(assumed !== undefined && { currency: assumed }) },
    warnings: moneyWarnings(reading.amount, assumed),
  });
}

function withoutAmount(
  currency: Currency | undefined,
  payout: { readonly amount: Amount; readonly currency: Currency } | undefined,
  integrationCurrency: Currency | undefined,
): MoneyReading {
  if (payout === undefined) {
    const assumed = currency ?? integrationCurrency;
    const message =
      'No amount came, and neither the event nor the campaign has a payout: recorded as 0. Send an amount, or set a payout.';
    return {
      fallback: { ...(assumed !== undefined && { currency: assumed }) },
      ...(currency !== undefined && { currency }),
      warnings: [{ code: 'AMOUNT_MISSING', message }],
    };
  }
  // A payout is an amount in its own currency: the sender's currency without an amount says nothing about it.
  const ignored = currency !== undefined && currency !== payout.currency;
  const message = `No amount came, so the payout of ${payout.amount} ${payout.currency} counts; the currency ${currency} was not read. Send amount and currency together.`;
  return { fallback: payout, warnings: ignored ? [{ code: 'CURRENCY_IGNORED', message }] : [] };
}

function moneyWarnings(amount: Amount, currency: Currency | undefined): readonly Warning[] {
  if (currency === undefined) {
    return [
      {
        code: 'CURRENCY_MISSING',
        message: 'No currency came, and the integration has none. Send one, or set the currency of the integration.',
      },
    ];
  }
  const digits = amount.split('.')[1]?.length ?? 0;
  if (digits <= minorDigitsOf(currency)) return [];
  return [
    {
      code: 'AMOUNT_PRECISION',
      message: `${amount} has more digits after the point than ${currency} has (${minorDigitsOf(currency)}). It was recorded exactly as sent.`,
    },
  ];
}

/** 1250 in cents is 12.50: the point is set, nothing is calculated. A text that is no whole number stays, and is refused as it is. */
function fromMinorUnits(text: string, currency: Currency | undefined): string {
  const digits = currency === undefined ? 2 : minorDigitsOf(currency);
  const match = /^(-?)(\d+)$/.exec(text.trim());
  if (match === null) return /^-?\d*[.,]\d*$/.test(text.trim()) ? 'fraction of a minor unit' : text;
  if (digits === 0) return text;
  const padded = (match[2] ?? '').padStart(digits + 1, '0');
  return `${match[1] ?? ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

function amountMessage(value: FieldValue, problem: AmountProblem): string {
  const sent = `"${value.parameter}" came as "${value.text.slice(0, 64)}"`;
  switch (problem) {
    case 'comma':
      return `${sent}. Send the decimal with a point and without separators, such as 1234.50; if this sender always writes a decimal comma, set decimalComma of the integration.`;
    case 'ambiguous':
      return `${sent}, which may be a thousand or a fraction from a sender that writes decimal commas. Send 1234 or 1,234000 without separators of thousands.`;
    case 'symbol':
      return `${sent}. Send the number alone, such as 12.50, and the currency as a parameter of its own.`;
    case 'exponent':
      return `${sent}. Send the number written out, such as 1000 and not 1e3.`;
    case 'too-long':
      return `${sent}. An amount has up to 12 digits before the point and 6 after it.`;
    case 'negative':
      return `${sent}. Negative amounts are corrections, which this integration does not allow; set adjustments of the integration to allow them.`;
    case 'not-a-number':
      return `${sent}, which is no number. Send a decimal such as 12.50, or leave the parameter out to take the payout.`;
  }
}
