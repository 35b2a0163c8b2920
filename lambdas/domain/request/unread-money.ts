import { foldName, lastPart } from './parameter-index';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';

/** Parts of names under which systems send money. */
const moneyWords = new Set(
  (
    'amount amt ap bonus charge commission commissions cost deposit due earning earnings earned fee gain gross income money net paid pay ' +
    'payment payout payouts price profit proceeds rate revenue rev reward rewards sale salary sales subtotal sum total totals turnover ' +
    'value val wage win worth usd eur gbp rub inr brl ect delta royalty cpa cpl cps ' +
    'amnt bet bounty cash charged comission commision commissie credit deposited ltv monetary payable premium prize purchase spend spent stake ' +
    'bedrag betrag cena ganancia importe importo kosten kwota montant monto pago precio preco preis prezzo prix provision summa summe umsatz valor'
  ).split(' '),
);

/** Ends of words that were written together: `saleamount`, `totalprice`. */
const moneyEnding = /(?:amount|commission|earnings?|payout|price|profit|revenue|reward|total|value)$/;

/** Ends of names that hold no money, whatever their beginning: `commissionId`, `payment_status`. */
const notMoney = /^(?:ids?|uu?id|guid|key|token|hash|status|state|date|time|timestamp|at)$/;

/** Parts of names whose numbers are no money, however they are written. */
const otherWords = new Set(
  (
    'id ids uid uuid guid ip lat lon lng latitude longitude version ver build date day time timestamp ts hour year month zip postal phone age ' +
    'score percent percentage pct ratio count qty quantity index code key hash token sig status os browser device geo country'
  ).split(' '),
);

/** Parts of names whose whole numbers are no money: numbers of things, of steps and of people. */
const numberedWords = new Set(
  (
    'number num nr no step page level lvl seq sequence position pos rank port width height size weight duration length attempt attempts retry ' +
    'retries user users visitor session click clicks impression impressions sub subid aff affiliate offer campaign camp adv advertiser adset ad ' +
    'adgroup creative banner placement site source src network publisher pub partner product prod sku item items category cat order ' +
    'transaction txn trx ref reference customer client account acc lead goal event type mode flag test language lang region city state isp ' +
    'carrier model store shop branch row line batch part parts days hours minutes seconds ms nonce cache cb rand random'
  ).split(' '),
);

/** `sub3`, `aff_sub2`, `data10`: names that trackers number, and that mostly hold numbers of things. */
const numbered = /^[a-z_]{1,20}\d{1,2}$/;

/** A number as people write money, in whichever digits: with or without separators, a sign, a symbol or a code of a currency. */
const number = /^[^\p{Nd}]{0,4}\p{Nd}[\p{Nd}.,'\u2019 \u00a0\u202f]{0,30}(?:e[+-]?\p{Nd}{1,3})?[^\p{Nd}]{0,4}$/iu;
const decimal = /^[^\d]{0,4}\d{1,9}[.,]\d{1,20}[^\d]{0,4}$/;

const candidatesLimit = 5;

/** A whole number as an amount would be: neither a flag nor as long as the number of a thing. */
const whole = /^(?:[2-9]|[1-9]\d{1,5})$/;

/**
 * The names of parameters that hold what looks like money: a number under a name of money, a decimal under a name that says nothing
 * else, or a whole number under one that says nothing at all. For a warning; nothing is read from them.
 * @param isRead whether a parameter of this name is read as something, and so is not forgotten
 * @param isKnown whether the names of the sender's system are known: then an unknown one with a whole number is hardly its amount
 */
export function moneyLike(
  parameters: readonly Parameter[],
  isRead: (name: string) => boolean,
  isKnown = false,
): readonly string[] {
  const [likely, possible] = [new Set<string>(), new Set<string>()];
  for (const { name, value } of parameters) {
    if (likely.size >= candidatesLimit) break;
    if (value.length > 40 || !/\p{Nd}/u.test(value)) continue;
    const plain = plainValue(value);
    const found = number.test(plain) ? likelihoodOf(name, plain) : 'none';
    if (found !== 'none' && !isRead(name)) (found === 'likely' ? likely : possible).add(name.slice(0, 64));
  }
  return [...new Set([...likely, ...(isKnown ? [] : possible)])].slice(0, candidatesLimit);
}

function likelihoodOf(name: string, value: string): 'likely' | 'possible' | 'none' {
  const words = wordsOf(name);
  if (notMoney.test(words.at(-1) ?? '')) return 'none';
  if (words.some((word) => moneyWords.has(word) || moneyEnding.test(word))) return 'likely';
  if (words.some((word) => otherWords.has(word))) return 'none';
  if (decimal.test(value)) return 'likely';
  return whole.test(value) && !isOfThings(name) ? 'possible' : 'none';
}

/** Whether a name is one whose whole numbers are numbers of things: `step`, `user_level`, `sub3`. */
export function isOfThings(name: string): boolean {
  return numbered.test(lastPart(name)) || wordsOf(name).some((word) => otherWords.has(word) || numberedWords.has(word));
}

/** The words of a name: of `orderTotal`, `order_total` and `data.order[total]` the last is `total`. */
function wordsOf(name: string): readonly string[] {
  // The end of a name shows its meaning; a name deep in an object has a long beginning.
  const humps = name.slice(-64).replace(/([a-z\d])([A-Z])/g, '$1_$2');
  const own = /\d+$/.test(lastPart(name)) ? foldName(humps) : lastPart(humps);
  return own.split(/[^a-z]+/).filter((word) => word !== '');
}
