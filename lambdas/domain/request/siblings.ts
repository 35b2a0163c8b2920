import type { ClickIdKey } from '../click/signed-click-id';
import { generic } from '../presets/generic';
import { reject, type Read } from '../values/rejection';
import { clickIdCheck, type FoldedParameter } from './lists-in';
import { foldName } from './parameter-index';

/** An object with what a record was before a change: `old_record.amount` beside `record.amount`. */
const former = /^(.*\.)?(?:old|previous|prev|before)(?:_([^.]{1,40}))?\./;

/** Names of the changed record, by the rest of the name of the former one. */
const present = (rest: string | undefined): readonly string[] =>
  rest === undefined
    ? ['new', 'current', 'after', 'now']
    : [rest, ...['new', 'current', 'after'].map((word) => `${word}_${rest}`)];

/** Drops what a record was before the change that a request reports, where it also says what the record is now. */
export function withoutFormer(all: readonly FoldedParameter[]): readonly FoldedParameter[] {
  if (!all.some(({ folded }) => former.test(folded))) return all;
  const objects = new Set(all.flatMap(({ folded }) => objectsOf(folded)));
  return all.filter(({ folded }) => {
    const [, scope = '', rest] = former.exec(folded) ?? [undefined];
    return !former.test(folded) || !present(rest).some((name) => objects.has(`${scope}${name}.`));
  });
}

function objectsOf(folded: string): readonly string[] {
  const objects: string[] = [];
  for (let at = folded.indexOf('.'); at >= 0; at = folded.indexOf('.', at + 1)) objects.push(folded.slice(0, at + 1));
  return objects;
}

const sayingNames: readonly string[] = [
  ...(generic.parameters.amount ?? []),
  ...(generic.parameters.transactionId ?? []),
].map(foldName);

/** Objects beside each other that each carry a click ID and speak like a conversion: the right one is unknown. */
export function siblingConflict(
  named: readonly FoldedParameter[],
  keys: readonly ClickIdKey[],
): Extract<Read<never>, { ok: false }> | undefined {
  const isGenuine = clickIdCheck(keys);
  const carrying = new Set<string>();
  for (const { folded, parameter } of named) {
    const scope = folded.slice(0, folded.lastIndexOf('.') + 1);
    if (scope !== '' && carrying.size < 8 && !carrying.has(scope) && isGenuine(parameter.value)) carrying.add(scope);
  }
  if (carrying.size < 2) return undefined;
  const names = new Set(named.map(({ folded }) => folded));
  const speaking = [...carrying].filter((scope) => sayingNames.some((name) => names.has(`${scope}${name}`)));
  const [first, second] = speaking;
  if (first === undefined || second === undefined) return undefined;
  if (first.startsWith(second) || second.startsWith(first)) return undefined;
  const shown = [first, second].map((scope) => `"${scope.slice(0, -1).slice(-64)}"`).join(' and ');
  return reject(
    'PARAMETER_CONFLICT',
    `${shown} each name a conversion. Send a list "conversions", or one postback for each.`,
  );
}
