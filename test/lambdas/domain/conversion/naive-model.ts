import type { Claim } from '../../../../lambdas/domain/request/claim';

/**
 * The rules of money once more, written from the decision record alone and as plainly as they can be: no code of the product, no stored
 * state, everything folded from nothing each time.
 */
export interface Expected {
  readonly status: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly amountNamed: boolean;
}

interface Money {
  millionths: bigint;
  currency: string | undefined;
}

const hour = 3_600_000;
const life = ['pending', 'approved', 'rejected', 'reversed'];
const allowed = [
  'pending>approved',
  'pending>rejected',
  'approved>rejected',
  'approved>reversed',
  'rejected>approved',
  'reversed>approved',
];

function millionthsOf(decimal: string): bigint {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const size = BigInt((whole ?? '0') + (fraction ?? '').padEnd(6, '0'));
  return sign === '-' ? -size : size;
}

function decimalOf(millionths: bigint): string {
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
  return (millionths < 0n ? '-' : '') + text;
}

/** One claim for each request: a replay fills in the amount that was not read at first. */
export function requestsOf(claims: readonly Claim[]): Claim[] {
  const requests: Claim[] = [];
  for (const claim of claims) {
    const at = requests.findIndex(({ requestId }) => requestId === claim.requestId);
    const known = requests[at];
    if (known === undefined) requests.push(claim);
    else if (known.amount === undefined && claim.amount !== undefined) {
      const { amount, currency = known.currency, minorDigits } = claim;
      const read = { ...known, amount, ...(currency !== undefined && { currency }) };
      requests[at] = minorDigits === undefined ? read : { ...read, minorDigits };
    }
  }
  return requests;
}

/** Whether two sendings of one statement are so near that they are one run. */
export function areLinked(left: Claim, right: Claim): boolean {
  if (left.statement === '' || left.statement !== right.statement) return false;
  if (left.sequence !== undefined) return true;
  const hours = Math.abs(Math.floor(left.receivedAt / hour) - Math.floor(right.receivedAt / hour));
  return hours <= Math.max(left.retryHours, right.retryHours);
}

/** The requests in runs: sendings of one statement that are linked, directly or through others. */
export function runsOf(requests: readonly Claim[]): Claim[][] {
  const runs: Claim[][] = [];
  for (const request of requests) {
    const linked = runs.filter((run) => run.some((one) => areLinked(one, request)));
    for (const run of linked) runs.splice(runs.indexOf(run), 1);
    runs.push([...linked.flat(), request]);
  }
  return runs;
}

/** A run counts as its first sending, with the amount of another where that names none. */
export function countedOf(run: readonly Claim[]): Claim {
  let [first] = run;
  for (const one of run) if (first === undefined || one.receivedAt < first.receivedAt) first = one;
  if (first === undefined) throw new Error('a run has a first sending');
  const { amount, currency = first.currency, minorDigits } = run.find((one) => one.amount !== undefined) ?? {};
  if (first.amount !== undefined || amount === undefined) return first;
  const counted = { ...first, amount, ...(currency !== undefined && { currency }) };
  return minorDigits === undefined ? counted : { ...counted, minorDigits };
}

function compareNumbers(left: bigint | number, right: bigint | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareWords(left = '', right = ''): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareOptionalAmounts(left: string | undefined, right: string | undefined): number {
  if (left !== undefined && right !== undefined) return compareNumbers(millionthsOf(left), millionthsOf(right));
  return compareNumbers(left === undefined ? 0 : 1, right === undefined ? 0 : 1);
}

function rankOf({ reversal, status, fallback }: Claim): number {
  return life.indexOf(status ?? (reversal === undefined ? fallback.status : 'reversed'));
}

/** A refund or a rejection that names a day happened late on it, and before it was received. */
function momentOf({ eventTime, wholeDay, receivedAt }: Claim): number {
  if (wholeDay === undefined) return eventTime;
  const endOfDay = eventTime + 24 * hour - 1;
  return receivedAt < eventTime ? eventTime : receivedAt < endOfDay ? receivedAt : endOfDay;
}

export function compare(left: Claim, right: Claim): number {
  const differences = [
    compareNumbers(momentOf(left), momentOf(right)),
    compareNumbers(Math.floor(left.receivedAt / hour), Math.floor(right.receivedAt / hour)),
    compareWords(left.sequence?.batch, right.sequence?.batch),
    compareNumbers(left.sequence?.row ?? 0, right.sequence?.row ?? 0),
    compareNumbers(rankOf(left), rankOf(right)),
    compareOptionalAmounts(left.amount, right.amount),
    compareWords(left.currency, right.currency),
    compareWords(left.mode, right.mode),
    compareWords(left.fallback.status, right.fallback.status),
    compareWords(JSON.stringify(left.fallback), JSON.stringify(right.fallback)),
    ...(
      ['homeCurrency', 'minorDigits', 'reversal', 'amountInAll', 'refundedInAll', 'reinstates', 'byEvent'] as const
    ).map((field) => compareWords(String(left[field] ?? ''), String(right[field] ?? ''))),
    compareNumbers(left.receivedAt, right.receivedAt),
    compareWords(left.requestId, right.requestId),
  ];
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** The claims in the order in which they count: an insertion sort. */
export function inOrder(claims: readonly Claim[]): Claim[] {
  const sorted: Claim[] = [];
  for (const claim of claims) {
    // From the end, since most claims come in their order.
    sorted.splice(sorted.findLastIndex((other) => compare(claim, other) >= 0) + 1, 0, claim);
  }
  return sorted;
}

/** A sale that is another approval than the one that the reversal is about. */
export function isAnotherSale(sale: Claim, reversal: Claim): boolean {
  const namesLaterTime = sale.timeGiven && momentOf(sale) > momentOf(reversal);
  // Rows of one batch happen one after the other: a row that names its status needs no time to approve anew.
  if (sale.sequence !== undefined && sale.sequence.batch === reversal.sequence?.batch) {
    const namesStatus = sale.status !== undefined && sale.byEvent === undefined;
    return sale.sequence.row > reversal.sequence.row && (namesStatus || namesLaterTime);
  }
  return namesLaterTime && sale.receivedAt > reversal.receivedAt;
}

/** A payout of 0 for what is on hold or rejected: the sale may be worth more. */
export function isNothingYet({ amount, status, fallback }: Claim): boolean {
  return amount !== undefined && Number(amount) === 0 && ['pending', 'rejected'].includes(status ?? fallback.status);
}

/** What a claim's amount is in a currency that it may not name: whole smallest units are as many of any currency. */
function worthIn(claim: Claim, currency: string | undefined): bigint {
  const { amount = '0', minorDigits, homeCurrency, fallback } = claim;
  const read = millionthsOf(amount);
  const digits: Record<string, number> = { JPY: 0, KWD: 3 };
  const isAssumed = currency === undefined || currency === (homeCurrency ?? fallback.currency);
  if (minorDigits === undefined || isAssumed) return read;
  return (read * 10n ** BigInt(minorDigits)) / 10n ** BigInt(digits[currency] ?? 2);
}

/** The first claim that says an amount or a currency decides; where it says no currency, its integration's own. */
function currencyOfKey(order: readonly Claim[]): string | undefined {
  for (const { amount, currency, homeCurrency } of order) {
    if (currency !== undefined) return currency;
    if (amount !== undefined && homeCurrency !== undefined) return homeCurrency;
    if (amount !== undefined) break;
  }
  for (const { currency } of order) if (currency !== undefined) return currency;
  return order[0]?.homeCurrency;
}

/** What a claim made of the status of its key, and what that was once the reversals that waited for the claim were applied. */
interface Step {
  readonly claim: Claim;
  readonly status: string | undefined;
  readonly settled: string | undefined;
}

/** Where the row of a key is after these claims, in whatever order they arrived. */
export const expectedOf = (claims: readonly Claim[]): Expected => walk(claims).expected;

/** Whether the key has this status when the claim happens, or takes it as its next one. */
export function isStatusAround(claims: readonly Claim[], claim: Claim): boolean {
  const { steps } = walk(claims);
  const earlier = steps.filter((step) => compare(step.claim, claim) < 0);
  const before = earlier.at(-1)?.settled;
  let last = before;
  for (const { status, settled } of steps.slice(earlier.length)) {
    if (status !== last) return claim.status === before || claim.status === status;
    last = settled;
  }
  return claim.status === before;
}

/** The status that the key has when the claim happens. */
export function statusBefore(claims: readonly Claim[], claim: Claim): string | undefined {
  return walk(claims).steps.findLast((step) => compare(step.claim, claim) < 0)?.settled;
}

/** The status that the key takes next after the claim. */
export function statusAfter(claims: readonly Claim[], claim: Claim): string | undefined {
  const before = statusBefore(claims, claim);
  return walk(claims)
    .steps.filter((step) => compare(step.claim, claim) > 0)
    .find(({ status }) => status !== before)?.status;
}

/** Whether the claim changes the status of a sale, to which it comes later, and names the very amount of that sale. */
export function changesSale(sale: Claim, claim: Claim): boolean {
  const { status, amount, currency } = expectedOf([sale]);
  const isLater = compare(sale, claim) < 0 && allowed.includes(`${status}>${claim.status}`);
  if (!isLater || amount === undefined || claim.amount === undefined || isNothingYet(sale)) return false;
  if (sale.amount === undefined || sale.amount.startsWith('-')) return false;
  return worthIn(claim, currency) === millionthsOf(amount) && (claim.currency ?? currency) === currency;
}

/** Whether no sale of the key happened within the retry window before the claim, or after it. */
export function isFarFromAll(claims: readonly Claim[], claim: Claim): boolean {
  const sales = runsOf(requestsOf(claims))
    .map(countedOf)
    .filter(({ reversal }) => reversal === undefined);
  const hourOf = ({ eventTime }: Claim): number => Math.floor(eventTime / hour);
  const window = (sale: Claim): number => Math.max(sale.retryHours, claim.retryHours);
  return sales.every((sale) => Math.abs(hourOf(sale) - hourOf(claim)) > window(sale));
}

/** Whether the key has a price that a sender named, and the claim names another. */
export function namesOtherPrice(claims: readonly Claim[], claim: Claim): boolean {
  const { price } = walk(claims);
  const { amount, currency } = claim;
  if (price?.named !== true || amount === undefined || amount.startsWith('-')) return false;
  const isOtherCurrency = currency !== undefined && currency !== price.currency;
  return isOtherCurrency || price.millionths !== worthIn(claim, price.currency);
}

/** The name of an event alone lifts no reversal: it then says nothing of the status. */
function withoutStatus({ status: _byName, ...rest }: Claim): Claim {
  return rest;
}

interface Walked {
  readonly expected: Expected;
  readonly steps: readonly Step[];
  readonly price: (Money & { named: boolean }) | undefined;
}

function walk(claims: readonly Claim[]): Walked {
  const steps: Step[] = [];
  const order = inOrder(runsOf(requestsOf(claims)).map(countedOf));
  const keyCurrency = currencyOfKey(order);
  let status: string | undefined;
  let sold = false;
  let price: (Money & { named: boolean }) | undefined;
  let corrections: Money | undefined;
  let waiting: Claim[] = [];
  /** What an approval of a sum on hold did not name of it. */
  let unapproved = 0n;
  /** Refunds that were reported one by one, and the largest sum of refunds so far. */
  let refunds: bigint[] = [];
  let refundedSoFar = 0n;

  const total = (): bigint | undefined =>
    price === undefined && corrections === undefined
      ? undefined
      : (price?.millionths ?? 0n) + (corrections?.millionths ?? 0n);

  function correct(millionths: bigint, currency: string | undefined): void {
    const held = price ?? corrections;
    if (held !== undefined && held.currency !== currency) return;
    corrections = { millionths: (corrections?.millionths ?? 0n) + millionths, currency };
  }

  function takenBack(): bigint {
    const sum = refunds.reduce((all, one) => all + one, 0n);
    return sum > refundedSoFar ? sum : refundedSoFar;
  }

  function forgetRefunds(): void {
    [refunds, refundedSoFar] = [[], 0n];
  }

  function reverse(reversal: Claim): void {
    const soldIn = (price ?? corrections)?.currency ?? keyCurrency;
    const [all, named] = [total(), worthIn(reversal, soldIn)];
    const isOther = reversal.currency !== undefined && reversal.currency !== soldIn;
    const isOfAmount = reversal.reversal === 'partial' && all !== undefined && named > 0n;
    if (isOfAmount && isOther) return;
    const before = takenBack();
    const known = [refunds, refundedSoFar] as const;
    if (isOfAmount && reversal.amountInAll !== true) refunds = [...refunds, named];
    if (isOfAmount && reversal.amountInAll === true && named > refundedSoFar) refundedSoFar = named;
    const part = takenBack() - before;
    if (isOfAmount && part === 0n) return;
    if (isOfAmount && part < all) correct(-part, soldIn);
    else {
      [refunds, refundedSoFar] = known;
      status = reversal.status ?? 'reversed';
      unapproved = 0n;
    }
  }

  /** A sale may name what was refunded of it so far. */
  function refundOf({ refundedInAll: amount, ...sale }: Claim): void {
    if (amount === undefined || status !== 'approved') return;
    sold = true;
    reverse({ ...sale, amount, status: 'reversed', reversal: 'partial', amountInAll: true });
  }

  /** Money added to a sum; approvals are of what was on hold first. */
  function add(millionths: bigint, isApproval: boolean): void {
    const ofHold = isApproval ? (millionths < unapproved ? millionths : unapproved) : 0n;
    unapproved -= ofHold;
    if (price !== undefined) price.millionths += millionths - ofHold;
  }

  /** Without amounts, a sum grows by the payout of each approval. */
  function addPayout({ mode, status: said, fallback, currency: named }: Claim, what: string): void {
    const { amount, currency = named ?? keyCurrency } = fallback;
    if (mode !== 'increment' || amount === undefined || price === undefined || price.named) return;
    if (said !== 'approved') return;
    if (price.currency !== currency) return;
    const payout = millionthsOf(amount);
    if (what === 'same') add(payout, true);
    if (what === 'changed' && payout < price.millionths) unapproved = price.millionths - payout;
  }

  /** A sum of which a part is rejected keeps the rest. */
  function rejectPart(claim: Claim): boolean {
    const [part, all] = [worthIn(claim, keyCurrency), total() ?? 0n];
    const isOpen = status === 'pending' || status === 'approved';
    if (claim.mode !== 'increment' || claim.status !== 'rejected' || price?.named !== true || !isOpen) return false;
    if (part <= 0n || part >= price.millionths || part >= all) return false;
    if (price.currency !== (claim.currency ?? keyCurrency)) return false;
    price.millionths -= part;
    unapproved = unapproved > part ? unapproved - part : 0n;
    return true;
  }

  function reinstate(claim: Claim): void {
    const soldIn: string | undefined = (price ?? corrections)?.currency ?? keyCurrency;
    const { amount, currency = soldIn } = claim;
    if (status !== 'approved') status = 'approved';
    else if (corrections !== undefined && corrections.millionths < 0n) {
      if (amount === undefined) corrections = undefined;
      else if (corrections.currency === currency) corrections.millionths += worthIn(claim, soldIn);
      if (amount === undefined || corrections?.currency === currency) forgetRefunds();
      if (corrections !== undefined && corrections.millionths >= 0n) corrections = undefined;
    }
  }

  function meet(sale: Claim, before: string | undefined): void {
    if (status !== 'approved' || before === 'approved') return;
    sold = true;
    const met = waiting.filter((reversal) => !isAnotherSale(sale, reversal));
    waiting = waiting.filter((reversal) => !met.includes(reversal));
    for (const reversal of met) if (status === 'approved') reverse(reversal);
  }

  function content(claim: Claim, what: 'created' | 'same' | 'changed' | 'refused'): void {
    if (claim.amount === undefined) return addPayout(claim, what);
    const [millionths, currency] = [worthIn(claim, keyCurrency), claim.currency ?? keyCurrency];
    if (millionths < 0n) {
      if (what !== 'refused') correct(millionths, currency);
    } else if (price?.named !== true) {
      if (isNothingYet(claim)) {
        if (price === undefined && corrections === undefined && what !== 'refused')
          price = { millionths, currency, named: false };
        return;
      }
      const isOther = corrections !== undefined && corrections.currency !== currency;
      if (isOther && claim.mode !== 'update') return;
      if (isOther) {
        corrections = undefined;
        forgetRefunds();
      }
      price = { millionths, currency, named: true };
    } else if (what !== 'refused' && claim.mode === 'update') {
      if (price.millionths !== millionths || price.currency !== currency) {
        [corrections, unapproved] = [undefined, 0n];
        forgetRefunds();
      }
      price = { millionths, currency, named: true };
    } else if (claim.mode === 'increment' && price.currency === currency) {
      if (what === 'same') add(millionths, claim.status === 'approved');
      if (what === 'changed' && claim.status === 'approved' && millionths < price.millionths)
        unapproved = price.millionths - millionths;
    }
  }

  for (const said of order) {
    const before = status;
    const claim = said.byEvent !== undefined && status === 'reversed' ? withoutStatus(said) : said;
    if (claim.reversal !== undefined) {
      const asked = claim.status ?? 'reversed';
      if (status === 'approved' || (status === 'pending' && asked === 'rejected')) reverse(claim);
      else if (!sold && status !== asked) waiting.push(claim);
      steps.push({ claim: said, status, settled: status });
      continue;
    }
    if (claim.reinstates !== undefined && status !== undefined) {
      reinstate(claim);
      if (before !== 'approved') sold = true;
      refundOf(claim);
      const reinstated = status;
      meet(claim, before);
      steps.push({ claim: said, status: reinstated, settled: status });
      continue;
    }
    const asked: string = claim.status ?? status ?? claim.fallback.status;
    const paid = worthIn(claim, keyCurrency);
    const isOver = status === 'reversed' || status === 'rejected';
    if (isOver && claim.mode === 'increment' && paid > 0n && (claim.status ?? claim.fallback.status) === 'approved') {
      status = 'approved';
      price = { millionths: paid, currency: claim.currency ?? keyCurrency, named: true };
      [corrections, unapproved] = [undefined, 0n];
      forgetRefunds();
    } else if (status === undefined) {
      status = asked;
      const { amount, currency = keyCurrency } = claim.fallback;
      if (amount !== undefined) price = { millionths: millionthsOf(amount), currency, named: false };
      content(claim, 'created');
    } else if (rejectPart(claim)) {
      steps.push({ claim: said, status, settled: status });
      continue;
    } else if (asked === status) content(claim, 'same');
    else if (allowed.includes(`${status}>${asked}`)) {
      status = asked;
      unapproved = 0n;
      content(claim, 'changed');
    } else content(claim, 'refused');
    refundOf(claim);
    const given: string = status;
    meet(claim, before);
    steps.push({ claim: said, status: given, settled: status });
  }

  const [all, currency] = [total(), (price ?? corrections)?.currency ?? keyCurrency];
  const expected = {
    status: status ?? waiting.at(-1)?.status ?? 'reversed',
    ...(all !== undefined && { amount: decimalOf(all) }),
    ...(currency !== undefined && { currency }),
    amountNamed: price === undefined ? corrections !== undefined : price.named,
  };
  return { expected, steps, price };
}
