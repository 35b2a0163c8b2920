import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import {
  absoluteAmount,
  isNegative,
  readAmount,
  type Amount,
  type AmountFormat,
  type AmountProblem,
} from '../values/amount';
import { minorDigitsOf, readCurrency, type Currency } from '../values/currency';
import type { Preset } from '../presets';
import { plainAmount, withoutMark, type AmountText } from './amount-text';
import type { FieldValue } from './parameter-index';
import type { FieldValues } from './field-values';
import { ownValue } from '../text/own-value';
import { plainValue, unquoted } from '../text/percent-encoding';
import { read, reject, type Read } from '../values/rejection';
import type { Warning } from '../values/reasons';

export interface MoneyReading {
  /** As sent; absent where nothing was. Never negative where it is taken back. */
  readonly amount?: Amount;
  readonly currency?: Currency;
  /** Digits that were assumed after the point, where the amount is in the smallest units of a currency that it does not name. */
  readonly minorDigits?: number;
  /** Values where the sender named none: the event's payout, then the campaign's; and a currency. */
  readonly fallback: { readonly amount?: Amount; readonly currency?: Currency };
  /** The amount came as a negative one of what is rejected or reversed: it takes back that much. */
  readonly takenBack: boolean;
  readonly warnings: readonly Warning[];
}

export interface MoneyRules {
  readonly integration: Integration;
  readonly preset: Preset;
  readonly campaign: Campaign | undefined;
  /** The postback rejects or reverses: its amount, with a minus or without, is what is taken back. */
  readonly takesBack: boolean;
  /** The postback reverses: without an amount it takes back the whole. */
  readonly needsNoAmount: boolean;
}

/** Digits after the point of a currency that nobody names. */
const usualMinorDigits = 2;

/** Reads amount and currency. Any text that is not plainly an amount is rejected with its problem: never 0, never a default. */
export function readMoney(values: FieldValues, event: string, rules: MoneyRules): Read<MoneyReading> {
  const { integration, campaign } = rules;
  const payout = ownValue(campaign?.events, event) ?? campaign?.payout;
  const sent = values.currency === undefined ? undefined : unquoted(plainValue(values.currency.text));
  const currency = sent === undefined ? undefined : readCurrency(sent, integration.currencies);
  if (values.currency !== undefined && currency === undefined) {
    const sentCurrency = values.currency.text.slice(0, 64);
    return reject(
      'CURRENCY_INVALID',
      `"${values.currency.parameter.slice(0, 64)}" came as "${sentCurrency}", which is no ISO 4217 currency in use. Set currencies of the integration to {"${sentCurrency}": "USD"}, or to what it means, then replay.`,
    );
  }
  if (values.amount === undefined) return read(withoutAmount(values, currency, payout, rules));

  const format = writtenFormat(values.amount, amountFormatOf(integration, rules.preset));
  const written = writtenAmount(values.amount, format);
  const named = currency ?? currencyOfMark(written, integration.currency);
  const assumed = named ?? integration.currency ?? payout?.currency;
  if (written.mark !== undefined && assumed !== undefined && !written.mark.means.includes(assumed)) {
    return reject('AMOUNT_INVALID', markMessage(values.amount, written.mark.text, assumed));
  }
  const minorDigits =
    assumed === undefined ? usualMinorDigits : (rules.preset.minorDigits?.[assumed] ?? minorDigitsOf(assumed));
  const reading = readAmount(written.number, {
    negative: integration.adjustments === true || rules.takesBack,
    format,
    minorDigits,
  });
  if (!reading.ok) return reject('AMOUNT_INVALID', amountMessage(values.amount, reading.problem, format));
  const takenBack = rules.takesBack && isNegative(reading.amount);
  const amount = takenBack ? absoluteAmount(reading.amount) : reading.amount;
  return read({
    amount,
    ...(named !== undefined && { currency: named }),
    ...(named === undefined && format === 'minor' && { minorDigits }),
    // An amount that was named is in the payout's currency only where no other is known.
    fallback: assumed === undefined ? {} : { currency: integration.currency ?? assumed },
    takenBack,
    warnings: [
      ...roundedWarnings(values.amount, reading),
      ...moneyWarnings(amount, assumed, mayBeThousands(values.amount, rules)),
    ],
  });
}

/** No format of people changes what a number of JSON is. */
function writtenFormat({ isNumber }: FieldValue, format: AmountFormat): AmountFormat {
  return isNumber === true && format !== 'minor' && format !== 'float' ? '1234.56' : format;
}

/** The number of an amount as it was written, whatever its unit; `undefined` of what is none. */
export function numberOf(value: FieldValue, { integration, preset }: Pick<MoneyRules, 'integration' | 'preset'>) {
  const format = writtenFormat(value, amountFormatOf(integration, preset));
  const { number } = writtenAmount(value, format);
  const reading = readAmount(number, { negative: true, format: format === 'minor' ? '1234.56' : format });
  return reading.ok ? reading.amount : undefined;
}

/** Whether `1.000` may be one, or a thousand: unknown where the format was not chosen. */
function mayBeThousands({ text, isNumber }: FieldValue, { integration, preset }: MoneyRules): boolean {
  const { amountFormat, decimalComma } = integration;
  const isOurs = amountFormat === undefined && decimalComma === undefined;
  const isChosen = !isOurs || amountFormatOf(integration, preset) !== '1234.56';
  return !isChosen && isNumber !== true && /^-?[1-9]\d{0,2}\.\d{3}$/.test(plainAmount(text));
}

/** The formats of people may have the symbol or the code of a currency beside the number; those of programs have none. */
function writtenAmount({ text }: FieldValue, format: AmountFormat): AmountText {
  const number = plainAmount(text);
  return format === '1,234.56' || format === '1.234,56' ? withoutMark(number) : { number };
}

/** The currency beside the amount, where no parameter names one: a symbol of several currencies names none. */
function currencyOfMark({ mark }: AmountText, home: Currency | undefined): Currency | undefined {
  const [only, ...others] = mark?.means ?? [];
  if (only === undefined || others.length > 0 || only === home) return undefined;
  return readCurrency(only);
}

function markMessage({ parameter, text }: FieldValue, mark: string, assumed: Currency): string {
  return `"${parameter.slice(0, 64)}" came as "${text.slice(0, 64)}", and "${mark}" is not ${assumed}. Send the currency in another parameter, or set the currency of the integration.`;
}

/** Returns the format of an integration's amounts: the integration's setting, else its preset's. */
export function amountFormatOf(
  { amountFormat, decimalComma }: Pick<Integration, 'amountFormat' | 'decimalComma'>,
  preset: Pick<Preset, 'amountFormat' | 'decimalComma' | 'amountInMinorUnits'>,
): AmountFormat {
  if (amountFormat !== undefined) return amountFormat;
  const usual = preset.amountFormat ?? (preset.decimalComma === true ? '1.234,56' : '1234.56');
  const ofPreset = preset.amountInMinorUnits === true ? 'minor' : usual;
  if (decimalComma === undefined || ofPreset === 'minor') return ofPreset;
  if (decimalComma) return '1.234,56';
  return ofPreset === '1.234,56' ? '1234.56' : ofPreset;
}

function withoutAmount(
  values: FieldValues,
  currency: Currency | undefined,
  payout: { readonly amount: Amount; readonly currency: Currency } | undefined,
  { integration, needsNoAmount }: MoneyRules,
): MoneyReading {
  if (payout === undefined) {
    return {
      ...(currency !== undefined && { currency }),
      fallback: integration.currency === undefined ? {} : { currency: integration.currency },
      takenBack: false,
      warnings: needsNoAmount ? wholeWarnings(values) : [amountWarning(values)],
    };
  }
  // A payout is an amount in its own currency: the sender's currency without an amount says nothing about it.
  const ignored = currency !== undefined && currency !== payout.currency && !needsNoAmount;
  const message = `No amount came, so the payout of ${payout.amount} ${payout.currency} counts; the currency ${currency} was not read. Send amount and currency together.`;
  const warnings: readonly Warning[] = ignored ? [{ code: 'CURRENCY_IGNORED', message }] : [];
  return { fallback: payout, takenBack: false, warnings: needsNoAmount ? wholeWarnings(values) : warnings };
}

/** A number that was not read is not 0: where one may be the amount, the warning names it. */
function amountWarning({ unreadMoney = [] }: FieldValues): Warning {
  if (unreadMoney.length > 0) return unreadWarning('Recorded without an amount', unreadMoney);
  const message =
    'No amount came, and neither the event nor the campaign has a payout: recorded without an amount. Send an amount, or set a payout.';
  return { code: 'AMOUNT_MISSING', message };
}

/** A reversal without an amount takes back the whole; a number that was not read may have been a part. */
function wholeWarnings({ unreadMoney = [] }: FieldValues): readonly Warning[] {
  return unreadMoney.length > 0 ? [unreadWarning('Taken back as a whole', unreadMoney)] : [];
}

function unreadWarning(what: string, unreadMoney: readonly string[]): Warning {
  const names = unreadMoney.map((name) => `"${name}"`).join(', ');
  const inCents = unreadMoney.some((name) => /cents|minor/i.test(name)) ? ', set amountFormat to "minor"' : '';
  const message = `${what}, though ${names} may hold the amount. Name it in parameters.amount of the integration${inCents}, then replay.`;
  return { code: 'AMOUNT_UNREAD', message };
}

function roundedWarnings(
  { parameter, text }: FieldValue,
  { amount, rounded }: { readonly amount: Amount; readonly rounded?: true },
): readonly Warning[] {
  if (rounded !== true) return [];
  const message = `"${parameter.slice(0, 64)}" came as "${text.slice(0, 64)}" and was rounded to ${amount}. Send up to 6 digits after the point.`;
  return [{ code: 'AMOUNT_ROUNDED', message }];
}

function moneyWarnings(amount: Amount, currency: Currency | undefined, isOpen: boolean): readonly Warning[] {
  if (currency === undefined) {
    return [
      {
        code: 'CURRENCY_MISSING',
        message: 'No currency came, and the integration has none. Send one, or set the currency of the integration.',
      },
    ];
  }
  const digits = amount.split('.')[1]?.length ?? 0;
  const most = minorDigitsOf(currency);
  if (digits <= most && isOpen && most < 3) {
    const message = `The amount was recorded as ${amount}, though its point may separate thousands. Set amountFormat of the integration to "1.234,56", or to "1234.56".`;
    return [{ code: 'AMOUNT_PRECISION', message }];
  }
  if (digits <= most) return [];
  return [
    {
      code: 'AMOUNT_PRECISION',
      message: `${amount} has more digits after the point than ${currency} has (${most}), and was recorded as it is. If the point separates thousands, set amountFormat to "1.234,56".`,
    },
  ];
}

function amountMessage(value: FieldValue, problem: AmountProblem, format: AmountFormat): string {
  const sent = `"${value.parameter.slice(0, 64)}" came as "${value.text.slice(0, 64)}"`;
  switch (problem) {
    case 'comma':
      return format === '1234.56'
        ? `${sent}. Send the decimal with a point and no separators, or set amountFormat of the integration to ${commaFormats(value.text)}.`
        : `${sent}, which is not written as amountFormat "${format}" of the integration says. Send it so, or change that setting.`;
    case 'symbol':
      return format === '1,234.56' || format === '1.234,56' || !hasMark(value.text)
        ? `${sent}. Send the number alone, such as 12.50, and the currency in another parameter.`
        : `${sent}. Set amountFormat of the integration to ${markFormats(value.text)} to read a currency beside the number, then replay.`;
    case 'exponent':
      return `${sent}. Send the number written out, or set amountFormat of the integration to "float".`;
    case 'fraction':
      return `${sent}, which is no whole number of the currency's smallest unit. Send 1250 for 12.50, or change amountFormat of the integration.`;
    case 'too-long':
      return `${sent}. An amount has up to 12 digits before the point.`;
    case 'negative':
      return `${sent}. Negative amounts are corrections, which this integration does not allow; set adjustments of the integration to allow them.`;
    case 'not-a-number':
      if (
        hasMark(value.text) ||
        /^-?\d{1,3}(?:[ \u00a0\u202f'\u2019]\d{3})+(?:[.,]\d+)?$/.test(plainAmount(value.text))
      ) {
        return `${sent}. Set amountFormat of the integration to ${markFormats(value.text)}, then replay.`;
      }
      return `${sent}, which is no number. Send a decimal such as 12.50, or leave the parameter out to take the payout.`;
  }
}

/** Whether the number has nothing but a currency beside it, or separators as people write them. */
function hasMark(text: string): boolean {
  return withoutMark(plainAmount(text)).mark !== undefined;
}

function markFormats(text: string): string {
  const { number } = withoutMark(plainAmount(text));
  if (/^-?\d+(?:\.\d+)?$/.test(number)) return '"1,234.56" or "1.234,56"';
  return commaFormats(number);
}

/** The format that the comma speaks for: behind the last point it separates decimals; alone before three digits it may do either. */
function commaFormats(text: string): string {
  const [comma, point] = [text.lastIndexOf(','), text.lastIndexOf('.')];
  if (point > comma) return '"1,234.56"';
  return /^-?\d{1,3}(?:,\d{3})+$/.test(text.trim()) ? '"1,234.56" or "1.234,56"' : '"1.234,56"';
}
