import { isPlaceholder } from '../text/macros';
import { plainValue, unquoted } from '../text/percent-encoding';
import type { Parameter } from '../text/query';
import { readCurrency } from '../values/currency';
import { read, reject, type Read } from '../values/rejection';
import { foldName, objectOf, type FieldValue } from './parameter-index';

/** Names that can only mean the currency: their value is judged, whatever it is. */
const sure = /^(?:currency_?code|currency_?iso|iso_?currency|currencyisocode|currency_?id|currency_?name)$/;

/** Names that hold a currency where their value is one. */
const likely =
  /(?:currency|(?:^|_)(?:cur|curr|ccy|cury|valuta|waehrung|devise|moneda|moeda))(?:_?(?:code|iso|id|name))?$/;

/**
 * Finds the currency of an amount under another name than the usual ones. Names that begin as that of the amount come first:
 * `payout_currency` is that of `payout`; then those in its object.
 * @param scopes the objects to look in, as prefixes of names
 */
export function findNamedCurrency(
  parameters: readonly Parameter[],
  scopes: readonly string[],
  amount: FieldValue,
): Read<FieldValue | undefined> {
  const found = parameters.flatMap(({ name, value }): readonly FieldValue[] => {
    if (value.length > 16 || name.length > 64 || isPlaceholder(value)) return [];
    const folded = foldName(name);
    const own = folded.slice(folded.lastIndexOf('.') + 1);
    if (!likely.test(own) || !scopes.includes(folded.slice(0, folded.length - own.length))) return [];
    return sure.test(own) || isCode(value) ? [{ parameter: name, text: value }] : [];
  });
  const start = foldName(amount.parameter);
  const own = objectOf(amount);
  const ofAmount = found.filter(({ parameter }) => foldName(parameter).startsWith(start));
  const beside = found.filter((one) => own !== '' && objectOf(one) === own);
  const candidates = [ofAmount, beside, found].find(({ length }) => length > 0) ?? [];
  const [first] = candidates;
  const values = new Set(candidates.map(({ text }) => plainValue(text).toUpperCase()));
  if (first === undefined || values.size === 1) return read(first);
  const names = candidates.slice(0, 3).map(({ parameter }) => `"${parameter.slice(0, 64)}"`);
  return reject(
    'CURRENCY_INVALID',
    `${names.join(' and ')} name currencies that differ. Set parameters.currency of the integration to the one that counts, then replay.`,
  );
}

/** Whether a text is the code of a currency; symbols are not looked for under guessed names. */
function isCode(text: string): boolean {
  const plain = unquoted(plainValue(text));
  return /^[a-z]{3}$/i.test(plain) && readCurrency(plain) !== undefined;
}
