import { readCurrency, type Currency } from '../values/currency';
import { plainValue, unquoted } from '../text/percent-encoding';

/** The number of an amount, and the currency beside it. */
export interface AmountText {
  readonly number: string;
  /** As it was written, and the currencies that it may mean. */
  readonly mark?: { readonly text: string; readonly means: readonly string[] };
}

/** The first of each run of ten digits beside those of ASCII: Arabic, Persian, Devanagari, Bengali, full width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

const dollars = 'USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP BMD BSD BBD BZD FJD JMD LRD NAD SBD SRD TTD XCD'.split(
  ' ',
);

/** Symbols that several currencies share; a symbol that readCurrency knows means one. */
const sharedSymbols: Readonly<Record<string, readonly string[]>> = {
  $: dollars,
  '\u00a5': ['JPY', 'CNY'],
  '\uffe5': ['JPY', 'CNY'],
  KR: ['SEK', 'NOK', 'DKK', 'ISK'],
  'KR.': ['SEK', 'NOK', 'DKK', 'ISK'],
};

/** The same number in plain letters: any digits as 0 to 9, any minus as a hyphen, without quotes around it and without a plus. */
export function plainAmount(text: string): string {
  const plain = plainValue(text.replaceAll(/&nbsp;|&#160;/gi, ' '));
  const letters = unquoted(plain)
    .replace(
      /[^\p{ASCII}]/gu,
      (letter) => digitOf(letter) ?? (letter === '\u2212' || letter === '\uff0d' ? '-' : letter),
    )
    .replaceAll('\uff0e', '.')
    .replaceAll('\uff0c', ',')
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',');
  return letters.trim().replace(/^\+(?=[\d.])/, '');
}

/** Takes the symbol or code of a currency off a number: `$12.50`, `12,50 \u20ac`, `USD 12.50`. */
export function withoutMark(plain: string): AmountText {
  const match =
    /^(-?)\s*([^\d\s.,'-][^\d\s,'-]{0,3}?)\s*(-?[\d.,][^a-z]*)$|^(-?[\d.,][\d.,'\u2019 \u00a0\u202f]*?)\s*([^\d\s.,'-][^\d\s,'-]{0,3})$/i.exec(
      plain,
    );
  if (match === null) return { number: plain };
  const [, sign = '', before, behind, first, after] = match;
  const text = before ?? after ?? '';
  const means = meaningsOf(text);
  const number = before === undefined ? (first ?? '') : `${sign}${behind ?? ''}`;
  return means.length === 0 || number.startsWith('--') ? { number: plain } : { number, mark: { text, means } };
}

function meaningsOf(mark: string): readonly string[] {
  const shared = sharedSymbols[mark.toUpperCase()];
  if (shared !== undefined) return shared;
  const one: Currency | undefined = readCurrency(mark);
  return one === undefined ? [] : [one];
}

function digitOf(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? undefined : String(code - zero);
}
