import { partsOf, saysNone } from './common-words';
import { particles } from './word-parts';

/** What an event says that names a step of one sale: that it is `paid`, that it is not paid yet, or neither. */
export type EventStep = 'paid' | 'unpaid' | 'other';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** What a sale is called. A lead, a deposit or a renewal is a conversion of its own. */
const things = setOf(
  'order orders sale sales payment payments purchase purchases charge charges invoice invoices transaction transactions txn checkout checkouts ' +
    'capture conversion booking adjustment session intent',
);

/** Those of them that begin before anything is paid. */
const unpaidThings = setOf('charge charges invoice invoices checkout checkouts session intent');

const paidSteps = setOf(
  'paid completed complete succeeded success successful successfully captured confirmed approved settled',
);

const openSteps = setOf('authorized authorised');

const otherSteps = setOf(
  'created create new placed place received submitted updated update changed modified edited accepted processed finalized finalised closed ' +
    'fulfilled shipped delivered sent issued recorded',
);

const isStep = (part: string): boolean => paidSteps.has(part) || openSteps.has(part) || otherSteps.has(part);

const partsOfStep = (word: string): readonly string[] => partsOf(word).filter((part) => !particles.has(part));

/** Whether a word that leaves open what happened is about a sale and nothing else, as `payment.failed` and `order_pending` are. */
export function isFailureOfSale(word: string): boolean {
  return partsOfStep(word).every((part) => isStep(part) || things.has(part) || saysNone(part));
}

/** The step of a sale that a word names and nothing else, as `order.created` and `Payment Succeeded` do; `undefined` of any other word. */
export function stepOf(word: string): EventStep | undefined {
  const parts = partsOfStep(word);
  if (!parts.some(isStep) || !parts.every((part) => isStep(part) || things.has(part))) return undefined;
  if (parts.some((part) => openSteps.has(part))) return 'unpaid';
  if (parts.some((part) => paidSteps.has(part))) return 'paid';
  return parts.some((part) => unpaidThings.has(part)) ? 'unpaid' : 'other';
}
