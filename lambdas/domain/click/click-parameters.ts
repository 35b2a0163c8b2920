import { findUnreplacedMacro } from '../text/macros';
import { splitPairs, withoutEntities } from '../text/query';
import { noBody, type ClickBody } from './click-body';

/** The stored part of a click's query. */
export interface ClickParameters {
  readonly source?: string;
  /** `sub1` to `sub10`. */
  readonly subs: Readonly<Record<string, string>>;
  readonly externalId?: string;
  readonly cost?: string;
  readonly test: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  /** Something was dropped or cut. A visitor is redirected all the same. */
  readonly truncated: boolean;
  /** Parameters whose value is a macro that the ad platform was to replace; absent where there are none. */
  readonly unreplaced?: readonly string[];
}

export interface ClickQuery {
  readonly kept: ClickParameters;
  /** Every parameter by its name in lower case, uncut up to 2,048 characters: half an ad platform's click ID is worth nothing. */
  readonly all: ReadonlyMap<string, string>;
}

const maximumParameters = 30;
const maximumLength = 512;
const maximumPassedOn = 2048;
/** For all parameters without their own field, names and values in UTF-8: a click of usual size is one or two write units. */
const maximumBytes = 1024;
const maximumFlagged = { names: 10, length: 64 };
const subName = /^sub(?:[1-9]|10)$/;
const fieldNames = ['source', 'external_id', 'cost', 'test'];

/**
 * Reads the query of a click. Names are case folded; of one name the first value counts.
 * @param body what a beacon says beside its query, which comes first
 */
export function readClickQuery(rawQuery: string, body: ClickBody = noBody): ClickQuery {
  let truncated = body.dropped;
  let bytes = 0;
  const cut = (text: string): string => {
    if (text.length <= maximumLength) return text;
    truncated = true;
    return text.slice(0, maximumLength).toWellFormed();
  };
  const all = new Map<string, string>();
  const subs: Record<string, string> = {};
  const known = new Map<string, string>();
  const others = new Map<string, string>();
  const keepOther = (name: string, value: string): void => {
    if (others.has(name)) return;
    const size = Buffer.byteLength(name) + Buffer.byteLength(value);
    if (others.size >= maximumParameters || bytes + size > maximumBytes) truncated = true;
    else {
      bytes += size;
      others.set(name, value);
    }
  };
  const pairs = splitPairs(withoutEntities(rawQuery.replace(/^\?+/, '')), 'query');
  for (const { name, value } of [...pairs, ...body.parameters]) {
    const folded = name.toLowerCase();
    if (value === '' || folded === '') continue;
    if (!all.has(folded) && value.length <= maximumPassedOn) all.set(folded, value);
    if (subName.test(folded)) subs[folded] ??= cut(value);
    else if (fieldNames.includes(folded)) known.set(folded, known.get(folded) ?? cut(value));
    else keepOther(cut(name), cut(value));
  }
  const [source, externalId, cost] = [known.get('source'), known.get('external_id'), known.get('cost')];
  const unreplaced = namesOfMacros([...known, ...Object.entries(subs), ...others]);
  return {
    kept: {
      ...(source !== undefined && { source }),
      subs,
      ...(externalId !== undefined && { externalId }),
      ...(cost !== undefined && { cost }),
      test: isOn(known.get('test')),
      parameters: Object.fromEntries(others),
      truncated,
      ...(unreplaced.length > 0 && { unreplaced }),
    },
    all,
  };
}

function namesOfMacros(pairs: readonly (readonly [string, string])[]): readonly string[] {
  return pairs
    .filter(([name, value]) => name.length <= maximumFlagged.length && findUnreplacedMacro(value) !== undefined)
    .map(([name]) => name)
    .slice(0, maximumFlagged.names);
}

/** Whether a switch in a query is on: `1`, `true`, `yes`. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
}
