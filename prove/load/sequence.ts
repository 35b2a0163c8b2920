import type { DuplicateMode } from '../../lambdas/domain/values/duplicate-mode';
import type { SentContent } from '../ledger/ledger';
import type { SequenceLoad } from '../scenario';

/** One thing that a sender says; `ago` is how many seconds before the load began it says that it happened. */
export type Saying = Omit<SentContent, 'happenedAt'> & { readonly ago?: number };

/** The claims of one conversion, in the order in which they are sent. */
export interface Sequence {
  readonly mode: DuplicateMode;
  readonly transactionId: string | undefined;
  readonly sayings: readonly Saying[];
}

const statusShare = 0.9;
const amounts = ['0', '5', '7.25', '10', '10', '12.5'] as const;

/** Statuses in any order, amounts that come late or never, two currencies, given times that go back: by chance, in each mode alike. */
export function planSequences(load: SequenceLoad, chance: () => number): readonly Sequence[] {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance() * items.length)];
  const saying = (): Saying => {
    const status = chance() < statusShare ? pick(load.statuses) : undefined;
    const amount = chance() < load.amountShare ? pick(amounts) : undefined;
    const currency =
      chance() < (amount === undefined ? 0.1 : load.currencyShare) ? pick(['USD', 'EUR', 'EUR']) : undefined;
    const ago = chance() < 0.3 ? Math.floor(chance() * 5) : undefined;
    return {
      ...(status !== undefined && { status }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
      ...(ago !== undefined && { ago }),
    };
  };
  const length = load.timeline.reduce((sum, event) => sum + ('send' in event ? event.send : 0), 0);
  return Array.from({ length: load.keys }, (_, number): Sequence => {
    const mode = load.modes[number % load.modes.length] ?? 'ignore';
    const isNamed = chance() < 0.8;
    return {
      mode,
      transactionId: isNamed ? `t${number}` : undefined,
      sayings: Array.from({ length }, saying),
    };
  });
}
