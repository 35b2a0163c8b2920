import { splitPairs } from '../postback/query';

export interface ClickParameters {
  readonly source?: string;
  /** `sub1` to `sub10`. */
  readonly subs: Readonly<Record<string, string>>;
  readonly externalId?: string;
  readonly cost?: string;
  readonly test: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  /** Something was dropped or cut. A visitor is never refused for it. */
  readonly truncated: boolean;
}

const maximumParameters = 30;
const maximumLength = 512;
const subName = /^sub(?:[1-9]|10)$/;

/** Reads the query of a click. Names are case folded; of one name the first value counts. */
export function readClickParameters(rawQuery: string): ClickParameters {
  let truncated = false;
  const cut = (text: string): string => {
    if (text.length <= maximumLength) return text;
    truncated = true;
    return text.slice(0, maximumLength).toWellFormed();
  };
  const subs: Record<string, string> = {};
  const others = new Map<string, string>();
  const known = new Map<string, string>();
  for (const { name, value } of splitPairs(rawQuery, 'query')) {
    const folded = name.toLowerCase();
    if (value === '' || folded === '') continue;
    if (subName.test(folded)) subs[folded] ??= cut(value);
    else if (['source', 'external_id', 'cost', 'test'].includes(folded))
      known.set(folded, known.get(folded) ?? cut(value));
    else if (!others.has(name) && others.size >= maximumParameters) truncated = true;
    else others.set(cut(name), others.get(name) ?? cut(value));
  }
  const [source, externalId, cost] = [known.get('source'), known.get('external_id'), known.get('cost')];
  return {
    ...(source !== undefined && { source }),
    subs,
    ...(externalId !== undefined && { externalId }),
    ...(cost !== undefined && { cost }),
    test: isOn(known.get('test')),
    parameters: Object.fromEntries(others),
    truncated,
  };
}

/** Whether a switch in a query is on: `1`, `true`, `yes`. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
