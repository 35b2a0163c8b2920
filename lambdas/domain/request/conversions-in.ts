import type { ClickIdKey } from '../click/signed-click-id';
import { readingLimits } from '../text/budget';
import type { PostbackRequest } from '../text/postback-request';
import type { Parameter } from '../text/query';
import { read, reject, type Read } from '../values/rejection';
import { listsIn, type FoldedParameter } from './lists-in';
import { foldName } from './parameter-index';
import { siblingConflict, withoutFormer } from './siblings';

/** Maximum conversions per request: each is judged and written on its own, while the sender waits. */
export const maximumConversions = 50;
/** Each conversion keeps the whole request, to be judged again: bytes of all those copies. */
const maximumCopies = 1024 * 1024;

/**
 * Splits a request that lists several conversions into a list of parameters for each, as if they had come one by one. Values beside the
 * list apply to all of them. A request without such a list is one.
 * @param keys of click IDs: several of them in one list show that it holds conversions, whatever its name
 * @returns at least one list of parameters, in the order in which the conversions came
 */
export function conversionsIn(
  parameters: readonly Parameter[],
  { rawQuery, body }: Pick<PostbackRequest, 'rawQuery' | 'body'>,
  keys: readonly ClickIdKey[],
): Read<readonly (readonly Parameter[])[]> {
  if (!parameters.some(({ name }) => /[.[]/.test(name))) return read([parameters]);
  const all = parameters.map((parameter) => ({ parameter, folded: foldName(parameter.name) }));
  const named = withoutFormer(all);
  const lists = listsIn(named, keys);
  if (lists.length === 0) {
    const conflict = siblingConflict(named, keys);
    if (conflict !== undefined) return conflict;
    return read([named === all ? parameters : named.map(({ parameter }) => parameter)]);
  }
  const { elements, shared } = partsOfWord(named, lists);
  if (elements.length > maximumConversions) {
    return reject(
      'TOO_LARGE',
      `The postback lists ${elements.length} conversions; ${maximumConversions} are taken at once. Send them as a batch to /postbacks/{integration}.`,
    );
  }
  // Values beside the list are read once for each conversion: all readings together have the budget of one.
  const values = shared.length * elements.length + parameters.length;
  if (elements.length > 1 && values > readingLimits.leaves) {
    return reject(
      'TOO_LARGE',
      `The postback lists ${elements.length} conversions with ${shared.length} values beside them; ${readingLimits.leaves} in all are taken. Send fewer.`,
    );
  }
  const bytes = rawQuery.length + body.length;
  if (elements.length > 1 && elements.length * bytes > maximumCopies) {
    return reject(
      'TOO_LARGE',
      `The postback lists ${elements.length} conversions in ${bytes} bytes; ${Math.floor(maximumCopies / elements.length)} are taken. Send them as a batch to /postbacks/{integration}.`,
    );
  }
  const beside = shared.map((parameter) => ({ ...parameter, besideOf: elements.length }));
  return read(elements.map((own) => withShared(own, beside)));
}

/** The parameters of each element of the lists, named as they would be alone, and those beside them. */
function partsOfWord(
  named: readonly FoldedParameter[],
  lists: readonly string[],
): { readonly elements: readonly (readonly Parameter[])[]; readonly shared: readonly Parameter[] } {
  const elements = new Map<string, Parameter[]>();
  const shared: Parameter[] = [];
  // The list as the text that it came as says nothing beside its elements.
  const texts = new Set(lists.map((prefix) => prefix.slice(0, -1)));
  const around = commonScope(lists);
  for (const { folded, parameter } of named) {
    const list = lists.find((prefix) => folded.startsWith(prefix) && /^\d{1,6}\../.test(folded.slice(prefix.length)));
    if (list === undefined) {
      if (texts.has(folded)) {
        if (!/^\s*(?:\[\s*\{|[\w+/-]{16,}={0,2}$)/.test(parameter.value)) shared.push(parameter);
      } else if (around !== '' && folded.startsWith(around)) {
        shared.push({ ...parameter, name: folded.slice(around.length) });
      } else {
        shared.push(parameter);
      }
      continue;
    }
    const end = folded.indexOf('.', list.length);
    const key = folded.slice(0, end + 1);
    const own = elements.get(key) ?? [];
    own.push({ ...parameter, name: folded.slice(end + 1), isOfElement: true });
    elements.set(key, own);
  }
  return { elements: [...elements.values()], shared };
}

/** Returns the object that contains the lists, as a prefix: its other values are beside the lists. */
function commonScope(lists: readonly string[]): string {
  const scopes = new Set(lists.map((prefix) => prefix.slice(0, prefix.lastIndexOf('.', prefix.length - 2) + 1)));
  const [only = ''] = scopes;
  return scopes.size === 1 ? only : '';
}

/** Values of an element precede those beside the list. */
function withShared(own: readonly Parameter[], shared: readonly Parameter[]): readonly Parameter[] {
  const names = new Set(own.map(({ name }) => foldName(name)));
  return [...shared.filter(({ name }) => !names.has(foldName(name))), ...own];
}
