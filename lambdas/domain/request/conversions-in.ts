import { readingLimits } from '../text/budget';
import { conversionLists } from '../text/body-text';
import { foldName } from './parameter-index';
import type { Parameter } from '../text/query';
import { read, refuse, type Read } from '../values/refusal';
import type { PostbackRequest } from '../text/postback-request';

/** Conversions that one request may hold: each is judged and written by itself, while its sender waits. */
export const maximumConversions = 50;
/** Each conversion keeps the whole request, to be judged again: bytes of all those copies. */
const maximumCopies = 1024 * 1024;

const element = new RegExp(`^(?:${conversionLists.join('|')})\\.(\\d{1,6})\\.(.+)$`);

/**
 * Splits a request that lists several conversions of one click into a list of parameters for each, as if they had come one by one. What is beside the
 * list applies to all of them. A request without such a list is one.
 * @returns at least one list of parameters, in the order in which the conversions came; `TOO_LARGE` where there are too many
 */
export function conversionsIn(
  parameters: readonly Parameter[],
  { rawQuery, body }: Pick<PostbackRequest, 'rawQuery' | 'body'>,
): Read<readonly (readonly Parameter[])[]> {
  const elements = new Map<string, Parameter[]>();
  const shared: Parameter[] = [];
  for (const parameter of parameters) {
    const folded = foldName(parameter.name);
    const match = parameter.name.length > 0 ? element.exec(folded) : null;
    if (match === null) {
      // The list as the text that it came as says nothing beside its elements.
      if (!conversionLists.includes(folded) || !/^\s*\[\s*\{/.test(parameter.value)) shared.push(parameter);
      continue;
    }
    const key = folded.slice(0, folded.length - (match[2]?.length ?? 0));
    const own = elements.get(key) ?? [];
    own.push({ ...parameter, name: match[2] ?? '' });
    elements.set(key, own);
  }
  if (elements.size === 0) return read([parameters]);
  if (elements.size > maximumConversions) {
    return refuse(
      'TOO_LARGE',
      `The postback lists ${elements.size} conversions; ${maximumConversions} are taken at once. Send them as a batch to /postbacks/{integration}.`,
    );
  }
  // What is beside the list is read once for each conversion: all readings together have the budget of one.
  const values = shared.length * elements.size + parameters.length;
  if (elements.size > 1 && values > readingLimits.leaves) {
    return refuse(
      'TOO_LARGE',
      `The postback lists ${elements.size} conversions with ${shared.length} values beside them; ${readingLimits.leaves} in all are taken. Send fewer.`,
    );
  }
  const bytes = rawQuery.length + body.length;
  if (elements.size > 1 && elements.size * bytes > maximumCopies) {
    return refuse(
      'TOO_LARGE',
      `The postback lists ${elements.size} conversions in ${bytes} bytes; ${Math.floor(maximumCopies / elements.size)} are taken. Send them as a batch to /postbacks/{integration}.`,
    );
  }
  return read([...elements.values()].map((own) => withShared(own, shared)));
}

/** What an element says itself comes before what is said beside the list. */
function withShared(own: readonly Parameter[], shared: readonly Parameter[]): readonly Parameter[] {
  const names = new Set(own.map(({ name }) => foldName(name)));
  return [...shared.filter(({ name }) => !names.has(foldName(name))), ...own];
}
