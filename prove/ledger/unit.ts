import type { Ledger, SentPostback } from './ledger';

/** What must count exactly once: a key, or where contents add up or stand apart, each content of it. */
export interface Unit {
  readonly clickId: string;
  readonly transactionId: string;
  /** Undefined where any content of the key will do. */
  readonly amount: string | undefined;
  readonly postbacks: readonly SentPostback[];
}

/** The units of a ledger, each with everything that was sent for it. */
export function unitsOf({ mode, postbacks }: Ledger): readonly Unit[] {
  const groups = Map.groupBy(postbacks, (postback) =>
    mode === 'ignore' ? keyOf(postback) : `${keyOf(postback)}=${postback.amount}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { clickId, transactionId, amount } = first;
    return [{ clickId, transactionId, amount: mode === 'ignore' ? undefined : amount, postbacks: group }];
  });
}

export function keyOf({ clickId, transactionId }: { clickId: string; transactionId?: string | undefined }): string {
  return `${clickId}#${transactionId ?? ''}`;
}
