import { foldName, lastPart } from './parameter-index';
import type { Parameter } from './parameters';
import { plainValue } from './percent-encoding';

/** Parts of names under which systems send money. */
const moneyWords = new Set(
  (
    'amount amt ap bonus charge commission commissions cost deposit due earning earnings earned fee gain gross income money net paid pay ' +
    'payment payout payouts price profit proceeds rate revenue rev reward rewards sale salary sales subtotal sum total totals turnover ' +
    'value val wage win worth usd eur gbp rub inr brl ect delta royalty cpa cpl cps'
  ).split(' '),
);

/** Parts of names whose numbers are no money, however they are written. */
const otherWords = new Set(
  (
    'id ids uid uuid guid ip lat lon lng latitude longitude version ver build date day time timestamp ts hour year month zip postal phone age ' +
    'score percent percentage pct ratio count qty quantity index code key hash token sig status os browser device geo country'
  ).split(' '),
);

/** A number as people write money: with or without separators, a sign, a symbol or a code of a currency. */
const number =
  /^(?:[A-Z]{3}\s?|[^\w\s.,-]\s?)?-?(?:\d{1,3}(?:[,.' \u00a0]\d{3})*|\d{1,12})?(?:[.,]\d{1,20})?(?:\s?[A-Z]{3}|\s?[^\w\s.,-])?$/i;
const decimal = /^[^\d]{0,4}\d{1,9}[.,]\d{1,20}[^\d]{0,4}$/;

const candidatesLimit = 5;

/**
 * The names of parameters that hold what looks like money: a number under a name of money, or a decimal under a name that says nothing
 * else. For a warning; nothing is read from them.
 * @param isRead whether a parameter of this name is read as something, and so is not forgotten
 */
export function moneyLike(parameters: readonly Parameter[], isRead: (name: string) => boolean): readonly string[] {
  const found = new Set<string>();
  for (const { name, value } of parameters) {
    if (found.size >= candidatesLimit) break;
    if (value.length > 40 || !/\d/.test(value)) continue;
    const plain = plainValue(value);
    if (!number.test(plain)) continue;
    if (isMoney(wordsOf(name), plain) && !isRead(name)) found.add(name.slice(0, 64));
  }
  return [...found];
}

function isMoney(words: readonly string[], value: string): boolean {
  if (words.some((word) => moneyWords.has(word))) return true;
  return decimal.test(value) && !words.some((word) => otherWords.has(word));
}

/** The words of a name: of `orderTotal`, `order_total` and `data.order[total]` the last is `total`. */
function wordsOf(name: string): readonly string[] {
  // The end says what it is; what lies deep in an object has a long beginning.
  const humps = name.slice(-64).replace(/([a-z\d])([A-Z])/g, '$1_$2');
  const own = /\d+$/.test(lastPart(name)) ? foldName(humps) : lastPart(humps);
  return own.split(/[^a-z]+/).filter((word) => word !== '');
}
