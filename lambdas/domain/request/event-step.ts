import { partsOfWord, saysNone } from './common-words';
import { particles } from './word-parts';

/** The meaning of an event that names a step of one sale: `paid`, not paid yet, or neither. */
export type EventStep = 'paid' | 'unpaid' | 'other';

/** Names of a sale. A lead, a deposit or a renewal is a separate conversion. */
const thing =
  /^(?:order|sale|payment|purchase|charge|invoice|transaction|txn|checkout|capture|conversion|booking|adjustment)s?$/;

/** Names beside those of a sale: a session alone is a visit. */
const companion = /^(?:session|intent)$/;

/** Those of both that begin before anything is paid. */
const unpaidThing = /^(?:charge|invoice|checkout|session|intent)s?$/;

const paidStep = /^(?:paid|completed?|succeeded|success|successful|captured|confirmed|approved|settled)$/;
const unpaidStep = /^authori[sz]ed$/;
const otherStep =
  /^(?:created?|new|placed?|received|submitted|updated?|changed|edited|accepted|processed|finalized|closed|fulfilled|shipped|delivered|sent|issued)$/;

const isStep = (part: string): boolean => [paidStep, unpaidStep, otherStep].some((step) => step.test(part));

const partsOfStep = (word: string): readonly string[] => partsOfWord(word).filter((part) => !particles.has(part));

/** Whether a word that leaves open what happened is about a sale and nothing else, as `payment.failed` and `order_pending` are. */
export function isFailureOfSale(word: string): boolean {
  return partsOfStep(word).every((part) => isStep(part) || thing.test(part) || saysNone(part) || part === 'won');
}

/** The step of a sale that a word names and nothing else, as `order.created` and `Payment Succeeded` do; `undefined` of any other word. */
export function stepOf(word: string): EventStep | undefined {
  const all = partsOfStep(word);
  const parts = all.some((part) => thing.test(part)) ? all.filter((part) => !companion.test(part)) : all;
  if (!parts.some(isStep) || !parts.every((part) => isStep(part) || thing.test(part))) return undefined;
  if (all.some((part) => unpaidStep.test(part))) return 'unpaid';
  if (all.some((part) => paidStep.test(part))) return 'paid';
  return all.some((part) => unpaidThing.test(part)) ? 'unpaid' : 'other';
}
