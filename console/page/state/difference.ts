import { differencesBetween } from '../../../operator/documents/differences';

export type Content = Readonly<Record<string, unknown>>;

/** One field in which two documents differ, its values as JSON. */
export interface Difference {
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

export function differencesOf(before: Content, after: Content): readonly Difference[] {
  return differencesBetween(before, after).map((difference) => ({
    path: difference.path,
    ...('from' in difference && { from: JSON.stringify(difference.from) }),
    ...('to' in difference && { to: JSON.stringify(difference.to) }),
  }));
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A field that two people changed in different ways. */
export interface Clash {
  readonly field: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

export interface Merge {
  /** Theirs with what only I changed; a clash has theirs until somebody chooses. */
  readonly merged: Content;
  readonly clashes: readonly Clash[];
}

/** Merges field by field of the top level: a list of offers is one thing that somebody meant as a whole. */
export function mergeOf(base: Content, theirs: Content, mine: Content): Merge {
  const merged: Record<string, unknown> = {};
  const clashes: Clash[] = [];
  const fields = [...new Set([base, theirs, mine].flatMap((one) => Object.keys(one)))];
  for (const field of fields) {
    const values = { base: base[field], theirs: theirs[field], mine: mine[field] };
    const mineChanged = !same(values.mine, values.base);
    const clash = mineChanged && !same(values.theirs, values.base) && !same(values.mine, values.theirs);
    if (clash) clashes.push({ field, ...values });
    const taken = mineChanged && !clash ? values.mine : values.theirs;
    if (taken !== undefined) merged[field] = taken;
  }
  return { merged, clashes };
}
