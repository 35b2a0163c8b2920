import type { ConversionStatus } from '../values/status';
import type { Preset } from '../presets';
import {
  adjectives,
  agents,
  cancellable,
  cancellableMoney,
  cancelParts,
  declineParts,
  doubtfulParts,
  failureParts,
  foldLetters,
  moneyNouns,
  negations,
  otherNouns,
  partialParts,
  particles,
  passingFailures,
  plainBesideReversal,
  plainCancellations,
  plainFailures,
  plainParts,
  renewalParts,
  reversalForms,
  soldAboutReversals,
  successes,
  unspacedWords,
} from './word-parts';

/** Words of other shapes under which systems report that a conversion was taken back. */
const reversalWords = new Set(['charge_dispute_created', 'charge_dispute_funds_withdrawn']);

/** Words for a reversal that are appended to others: `orderrefunded`. A refundable sale was not refunded. */
const writtenTogether = /refund(?:ed|ing|s)?(?!abl|e[dr]|ing|s)|charge(?:d)?backs?|clawbacks?|reversals?/g;

/** The parts of a word, however they are put together: `orderRefunded`, `order.refunded` and `Order Refunded` have the same. */
export function partsOfWord(word: string): readonly string[] {
  return foldLetters(
    word
      .normalize('NFC')
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2'),
  )
    .replace(/(charged?|claw|money)[\s._-]back/g, '$1back')
    .replace(unspacedWords, '_$&_')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** The same without the numbers that senders put behind them, and with joined words taken apart. */
function wordsIn(name: string): readonly string[] {
  return partsOfWord(name)
    .map((part) => part.replace(/^\d+|\d+$/g, ''))
    .flatMap((part) => (reversalForms.has(part) ? [part] : part.replace(writtenTogether, '_$&_').split('_')))
    .flatMap(apart)
    .filter((part) => part !== '');
}

/** Whether a part says that nothing was earned. */
export const saysNone = (part: string): boolean =>
  failureParts.has(part) || cancelParts.has(part) || declineParts.has(part);

/** `paymentfailed` is two words, where each of them is known. */
function apart(part: string): readonly string[] {
  for (const noun of moneyNouns) {
    if (part.startsWith(noun) && saysNone(part.slice(noun.length))) return [noun, part.slice(noun.length)];
    if (part.endsWith(noun) && saysNone(part.slice(0, -noun.length))) return [part.slice(0, -noun.length), noun];
  }
  return [part];
}

const fold = (word: string): string =>
  foldLetters(word)
    .trim()
    .replace(/[\s.-]+/g, '_');

function rootsIn(parts: readonly string[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => reversalForms.get(part) ?? []));
}

/** Whether an event is the name of a reversal. Case, blanks, points and hyphens do not count. */
export function isReversalEvent(word: string, ofPreset: readonly string[] = []): boolean {
  const folded = fold(word);
  if (reversalWords.has(folded) || ofPreset.some((theirs) => fold(theirs) === folded)) return true;
  const parts = wordsIn(word);
  const isPlain = (part: string): boolean => plainParts.has(part) || plainBesideReversal.has(part);
  if (parts.includes('dispute') && parts.includes('lost'))
    return parts.every((part) => part === 'dispute' || isPlain(part));
  return rootsIn(parts).size === 1 && parts.every((part) => reversalForms.has(part) || isPlain(part));
}

/** Whether the word of a reversal says that it takes back a part: `partial_refund`. */
export function isPartialWord(word: string): boolean {
  return wordsIn(word).some((part) => partialParts.has(part));
}

/**
 * The open question of an event. For a `reversal`, whether anything was taken back: `refund_requested`, `chargeback_reversed`, any word
 * combined with one for a reversal. For a `payment`, whether there was one: `payment_failed`, `order_on_hold`, `dispute`.
 */
export type EventDoubt = 'reversal' | 'payment';

/** @returns `undefined` where the word leaves nothing open, be it that of a sale, a reversal, or a rejection */
export function doubtAbout(word: string, ofPreset: readonly string[] = []): EventDoubt | undefined {
  if (isReversalEvent(word, ofPreset) || isRejectionEvent(word)) return undefined;
  const parts = wordsIn(word);
  // Most disputes come with the status of the payment, as it was: only one that was won leaves the sale as it is.
  const isDisputed = parts.some((part) => /^disputed?s?$/.test(part)) && !parts.includes('won');
  if (isDisputed || isAboutReversal(parts)) return 'reversal';
  return isNoPayment(parts) ? 'payment' : undefined;
}

function isAboutReversal(parts: readonly string[]): boolean {
  const at = parts.findIndex((part) => reversalForms.has(part));
  if (at < 0) return false;
  if (parts.every((part) => !reversalForms.has(part) || adjectives.has(part))) {
    return parts.every((part) => reversalForms.has(part) || isKnownOfPayment(part, parts) || doubtfulParts.has(part));
  }
  const isSold = parts.slice(at).some((part) => soldAboutReversals.has(part));
  const isDenied = negations.has(parts[at - 1] ?? '');
  const isOfTax = parts.slice(0, at).includes('tax') && at < parts.length - 1;
  return !isSold && !isDenied && !isOfTax;
}

function isNoPayment(parts: readonly string[]): boolean {
  if (parts.some((part) => plainCancellations.test(part))) return true;
  if (!parts.some(saysNone)) return false;
  const last = parts.at(-1) ?? '';
  const isPassed = parts.every((part) => !saysNone(part) || passingFailures.has(part));
  if (isPassed && parts.length > 1 && successes.has(last)) return false;
  const isOfMoney = parts.some(
    (part, at) =>
      plainFailures.has(part) && (moneyNouns.has(parts[at - 1] ?? '') || moneyNouns.has(parts[at + 1] ?? '')),
  );
  return isOfMoney || parts.every((part) => saysNone(part) || isKnownOfPayment(part, parts) || doubtfulParts.has(part));
}

/** Whether a part says nothing but what is spoken of. */
function isKnownOfPayment(part: string, parts: readonly string[]): boolean {
  return (
    plainParts.has(part) ||
    moneyNouns.has(part) ||
    otherNouns.has(part) ||
    particles.has(part) ||
    (agents.has(part) && parts.includes('by'))
  );
}

/** A word that says so only of a thing: who returns alone may be a visitor. */
const openAlone = new Set(['return', 'returns']);

/** Whether an event says that a conversion is none: it was cancelled, rejected, found to be fraud. */
export function isRejectionEvent(word: string): boolean {
  const parts = wordsIn(word);
  const [only, ...others] = parts;
  if (only === undefined || (others.length === 0 && openAlone.has(only))) return false;
  const isBeside = (part: string): boolean =>
    cancellable.has(part) || particles.has(part) || (agents.has(part) && parts.includes('by'));
  if (parts.some((part) => declineParts.has(part))) {
    return parts.every((part) => declineParts.has(part) || cancelParts.has(part) || isBeside(part));
  }
  return (
    parts.some((part) => cancelParts.has(part)) &&
    parts.every((part) => cancelParts.has(part) || cancellableMoney.has(part) || isBeside(part))
  );
}

/** Whether an event comes again by its nature: a second one is another payment, not a repeat of the first. */
export function isRenewalEvent(word: string): boolean {
  const parts = partsOfWord(word);
  return (
    parts.some((part) => renewalParts.has(part)) &&
    parts.every((part) => renewalParts.has(part) || plainParts.has(part))
  );
}

/** Words for a status that mean the same wherever they come from. */
const commonStatuses: Readonly<Record<Exclude<ConversionStatus, 'reversed'>, string>> = {
  approved:
    'approve accepted accept confirmed confirm complete completed succeeded success successful paid captured sale sold converted valid ok',
  pending:
    'hold held on_hold onhold waiting awaiting processing in_review review new lead open unconfirmed not_confirmed waiting_payment ' +
    'awaiting_payment pending_payment payment_pending pending_review pending_approval awaiting_approval',
  rejected:
    'reject declined decline denied refused refuse cancelled canceled cancel trash invalid not_valid not_approved fraud fraudulent void ' +
    'voided failed',
};

const statusOf: ReadonlyMap<string, ConversionStatus> = new Map(
  (['approved', 'pending', 'rejected'] as const).flatMap((status) =>
    commonStatuses[status].split(' ').map((word): [string, ConversionStatus] => [word, status]),
  ),
);

/** Returns the meaning of a status word that neither the integration nor its preset defines; `undefined` where it may mean anything. */
export function commonStatus(
  word: string,
  { freeStatuses, reversalEvents: ofPreset }: Pick<Preset, 'freeStatuses' | 'reversalEvents'>,
): ConversionStatus | undefined {
  if (isReversalEvent(word, ofPreset)) return 'reversed';
  return freeStatuses === true ? statusOf.get(fold(word)) : undefined;
}
