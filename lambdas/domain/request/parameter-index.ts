import type { Parameter } from '../text/query';

/** The text that was sent for a field, and the parameter that it came in. */
export interface FieldValue {
  readonly parameter: string;
  readonly text: string;
  /** Set on a number of JSON: its point is the decimal one. */
  readonly isNumber?: true;
}

/**
 * A name as it is looked up: case folded, blanks and hyphens as underscores, and PHP's brackets as the dots that JSON becomes. `Order ID` is
 * `order_id`, `order[clickid]` is `order.clickid`, and an empty pair of brackets is the first place of a list.
 */
export function foldName(name: string): string {
  const folded = name.toLowerCase().replace(/[\s-]/g, '_');
  if (!folded.includes('[')) return folded;
  return folded.replace(/\[([^[\]]*)\]/g, (_, inner: string) => `.${inner === '' ? '0' : inner}`);
}

/**
 * The objects that a parameter lies in, as prefixes of names: its own first, then that object's, and the whole request last. A field is
 * read beside the click ID before it is read further out.
 */
export function scopesOf(name: string | undefined): readonly string[] {
  const scopes: string[] = [];
  const folded = foldName(name ?? '');
  for (let at = folded.lastIndexOf('.'); at > 0; at = folded.lastIndexOf('.', at - 1)) {
    scopes.push(folded.slice(0, at + 1));
  }
  return [...scopes, ''];
}

/** Objects that hold what a postback is about, and not whom it is about or what it consists of. */
export const subjects: ReadonlySet<string> = new Set(
  (
    'order orders sale sales purchase purchases transaction transactions payment payments conversion conversions checkout invoice deal ' +
    'event events data payload body params parameters properties attributes details object result custom_data'
  ).split(' '),
);

/**
 * Returns the objects beside the click ID that hold one of these names, as prefixes, the outermost first: `order.` of `order.amount`. Two
 * such objects at one depth are indistinguishable, so that neither is one.
 */
export function subjectScopes(
  parameters: readonly Parameter[],
  names: ReadonlySet<string>,
  around: readonly string[],
): readonly string[] {
  const byDepth = new Map<number, Set<string>>();
  for (const { name } of parameters) {
    if (!/[.[]/.test(name)) continue;
    const folded = foldName(name);
    const scope = folded.slice(0, folded.lastIndexOf('.') + 1);
    if (!names.has(folded.slice(scope.length)) || around.includes(scope)) continue;
    const parts = scope.split('.').slice(0, -1);
    if (!subjects.has(parts.findLast((part) => !/^\d+$/.test(part)) ?? '')) continue;
    byDepth.set(parts.length, (byDepth.get(parts.length) ?? new Set()).add(scope));
  }
  return [...byDepth]
    .toSorted(([left], [right]) => left - right)
    .flatMap(([, scopes]) => (scopes.size === 1 ? [...scopes] : []));
}

/** Names, each also as one word: `order_no` and `orderno`. */
export const withJoined = (names: string): readonly string[] =>
  names.split(' ').flatMap((name) => [name, name.replace('_', '')]);

/** The last part of a name: `clickid` of `data.clickid`. */
export function lastPart(name: string): string {
  const folded = foldName(name);
  return folded.slice(folded.lastIndexOf('.') + 1);
}

/** The object that a parameter lies in, as a prefix of names; empty where it lies in none. */
export function objectOf({ parameter }: FieldValue): string {
  const folded = foldName(parameter);
  return folded.slice(0, folded.lastIndexOf('.') + 1);
}

/** Parameters by name, for finding those of one field without going over all of them for each name. */
export interface ParameterIndex {
  /** The parameters of a folded name, in the order in which they came. */
  readonly find: (name: string) => readonly Parameter[];
  /** The first parameters, by name, that lie in the object or list of this name. */
  readonly findWithin: (name: string, most?: number) => readonly Parameter[];
}

export function indexOf(parameters: readonly Parameter[]): ParameterIndex {
  const byName = Map.groupBy(parameters, ({ name }) => foldName(name));
  let sorted: readonly string[] | undefined;
  return {
    find: (name) => byName.get(name) ?? [],
    findWithin: (name, most = 1) => {
      // Asked for each name in each object around the click ID, of thousands of parameters.
      sorted ??= [...byName.keys()].filter((one) => one.includes('.')).toSorted();
      const prefix = `${name}.`;
      const start = placeOf(prefix, sorted);
      const names = sorted.slice(start, start + most).filter((one) => one.startsWith(prefix));
      return names.flatMap((one) => byName.get(one)?.slice(0, 1) ?? []);
    },
  };
}

/** Returns the index of the first name in a sorted list that does not precede another. */
function placeOf(name: string, sorted: readonly string[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
