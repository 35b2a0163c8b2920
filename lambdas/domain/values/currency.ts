import { composed } from '../text/percent-encoding';

/** An ISO 4217 code that is in use, upper case. */
export type Currency = string & { readonly __brand: 'Currency' };

/** ISO 4217, list one (currencies in use), read in November 2026; without funds codes, metals and test codes. */
const twoDigits =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK ' +
  'DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK ' +
  'LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR ' +
  'RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED ' +
  'VES WST XCD XCG YER ZAR ZMW ZWG';
const noDigits = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const threeDigits = 'BHD IQD JOD KWD LYD OMR TND';

const minorDigits: ReadonlyMap<string, number> = new Map(
  (
    [
      [twoDigits, 2],
      [noDigits, 0],
      [threeDigits, 3],
    ] as const
  ).flatMap(([codes, digits]) => codes.split(' ').map((code): [string, number] => [code, digits])),
);

/** Every code, in the order of ISO 4217's minor units. */
export const currencies: readonly string[] = [...minorDigits.keys()];

/** Codes that senders still write for a currency in use: renamed ones, and habits that can mean no other. */
const aliases: Readonly<Record<string, string>> = {
  RUR: 'RUB',
  RMB: 'CNY',
  CNH: 'CNY',
  NTD: 'TWD',
  NIS: 'ILS',
  UKL: 'GBP',
  STG: 'GBP',
  '\u20ac': 'EUR',
  '\u00a3': 'GBP',
  '\u20bd': 'RUB',
  '\u20b4': 'UAH',
  '\u20b9': 'INR',
  US$: 'USD',
  AU$: 'AUD',
  A$: 'AUD',
  CA$: 'CAD',
  C$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  NT$: 'TWD',
  R$: 'BRL',
  'Z\u0141': 'PLN',
  'K\u010c': 'CZK',
  '\u20ba': 'TRY',
  TL: 'TRY',
  '\u20a9': 'KRW',
  '\u20aa': 'ILS',
  '\u20ab': 'VND',
  '\u0e3f': 'THB',
  '\u20b1': 'PHP',
  '\u20b8': 'KZT',
  '\u20be': 'GEL',
  '\u20a6': 'NGN',
};

/**
 * Reads a currency code in any case; `undefined` where ISO 4217 has no such currency in use.
 * @param own codes of the sender's, by the ones that they mean; they come first
 */
export function readCurrency(text: string, own: Readonly<Record<string, string>> = {}): Currency | undefined {
  const sent = composed(text.trim()).toUpperCase();
  const mapped = Object.entries(own).find(([theirs]) => composed(theirs.trim()).toUpperCase() === sent)?.[1];
  const code = mapped?.toUpperCase() ?? (Object.hasOwn(aliases, sent) ? aliases[sent] : sent) ?? sent;
  return minorDigits.has(code) ? (code as Currency) : undefined;
}

/** Digits after the point that this currency has: 0 for JPY, 2 for USD, 3 for KWD. */
export function minorDigitsOf(currency: Currency): number {
  return minorDigits.get(currency) ?? 2;
}
