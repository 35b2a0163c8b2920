import type { ConversionStatus } from '../values/status';
import type { Preset } from '../presets';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words of other shapes under which systems report that a conversion was taken back. */
const reversalWords = setOf('dispute_lost charge.dispute.created');

/** Parts of words that say so, by what they are forms of. */
const reversalRoots: ReadonlyMap<string, string> = new Map(
  Object.entries({
    refund: 'refund refunds refunded refunding rfnd',
    chargeback: 'chargeback chargebacks chargedback cgbk',
    reversal: 'reversal reversals reversed reverse',
    clawback: 'clawback clawbacks',
  }).flatMap(([root, forms]) => forms.split(' ').map((form): [string, string] => [form, root])),
);

/** What is taken back, and that it was: parts that change nothing of what another part says. */
const plainParts = setOf(
  'order orders sale sales payment payments purchase purchases charge transaction txn conversion invoice capture checkout product item ' +
    'deal lead action booking subscription created issued completed complete succeeded success successful processed approved done ' +
    'received new full fully partial partially event notification status recorded made auto monthly annual yearly weekly',
);

/** Parts that leave open whether anything was taken back. */
const doubtfulParts = setOf(
  'request requested requests pending initiated opened open failed failure declined denied rejected cancelled canceled expired won ' +
    'updated update warning alert inquiry dispute disputed closed',
);

const cancelParts = setOf(
  'cancel cancelled canceled cancellation cancelation void voided reject rejected rejection decline declined denied returned scrub ' +
    'scrubbed invalid invalidated disapproved retract retracted retraction trash trashed fraud fraudulent',
);

/** What ends with its cancellation. A cancelled subscription takes nothing back, and a declined payment never was one. */
const cancellable = setOf(
  'order orders sale sales purchase transaction conversion lead action booking item product deal',
);

const renewalParts = setOf('rebill rebills rebilled rebilling renewal renewals renew renewed recurring recurrent');

/** The parts of a word, however they are put together: `orderRefunded`, `order.refunded` and `Order Refunded` have the same. */
function partsOf(word: string): readonly string[] {
  return word
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/(charged?|claw)[\s._-]back/g, '$1back')
    .split(/[\s._:/-]+/)
    .filter((part) => part !== '');
}

const fold = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Whether an event is the name of a reversal. Case, blanks, points and hyphens do not count. */
export function isReversalEvent(word: string, ofPreset: readonly string[] = []): boolean {
  const folded = fold(word);
  if (reversalWords.has(folded) || ofPreset.some((theirs) => fold(theirs) === folded)) return true;
  const parts = partsOf(word);
  const roots = new Set(parts.flatMap((part) => reversalRoots.get(part) ?? []));
  return roots.size === 1 && parts.every((part) => reversalRoots.has(part) || plainParts.has(part));
}

/** Whether a word is about a reversal, and does not say whether there was one: `refund_requested`, `chargeback_reversed`. */
export function isDoubtfulReversal(word: string, ofPreset: readonly string[] = []): boolean {
  if (isReversalEvent(word, ofPreset)) return false;
  const parts = partsOf(word);
  const roots = new Set(parts.flatMap((part) => reversalRoots.get(part) ?? []));
  const isAbout = roots.has('refund') || roots.has('chargeback') || roots.has('clawback');
  return isAbout && parts.every((part) => reversalRoots.has(part) || plainParts.has(part) || doubtfulParts.has(part));
}

/** Whether an event says that a conversion is none: it was cancelled, rejected, found to be fraud. */
export function isRejectionEvent(word: string): boolean {
  const parts = partsOf(word);
  return (
    parts.some((part) => cancelParts.has(part)) && parts.every((part) => cancelParts.has(part) || cancellable.has(part))
  );
}

/** Whether an event comes again by its nature: a second one is another payment, not a repeat of the first. */
export function isRenewalEvent(word: string): boolean {
  const parts = partsOf(word);
  return (
    parts.some((part) => renewalParts.has(part)) &&
    parts.every((part) => renewalParts.has(part) || plainParts.has(part))
  );
}

/** Words for a status that mean the same wherever they come from. */
const commonStatuses: Readonly<Record<Exclude<ConversionStatus, 'reversed'>, string>> = {
  approved:
    'approve accepted accept confirmed confirm complete completed succeeded success successful paid sale sold converted valid ok',
  pending: 'hold held on_hold onhold waiting awaiting processing in_review review new lead open unconfirmed',
  rejected:
    'reject declined decline denied cancelled canceled cancel trash invalid fraud fraudulent void voided failed',
};

const statusOf: ReadonlyMap<string, ConversionStatus> = new Map(
  (['approved', 'pending', 'rejected'] as const).flatMap((status) =>
    commonStatuses[status].split(' ').map((word): [string, ConversionStatus] => [word, status]),
  ),
);

/** What a status word means where neither the integration nor its preset says so; `undefined` where it may mean anything. */
export function commonStatus(
  word: string,
  { freeStatuses, reversalEvents: ofPreset }: Pick<Preset, 'freeStatuses' | 'reversalEvents'>,
): ConversionStatus | undefined {
  if (isReversalEvent(word, ofPreset)) return 'reversed';
  return freeStatuses === true ? statusOf.get(fold(word)) : undefined;
}
