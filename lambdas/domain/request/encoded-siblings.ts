import { clickIdLength } from '../click/click-id';
import { readClickId, type ClickIdKey } from '../click/signed-click-id';
import { foldName } from './parameter-index';
import { type Parameter, splitPairs, withoutEntities } from '../text/query';
import { decodePercent } from '../text/percent-encoding';

/** A value that begins with an ID and continues as a query does. */
const idAndQuery = new RegExp(
  `^[\\s"'({]*([0-9A-Za-z]{${clickIdLength}})[\\s"')}]*[&?;](?=[A-Za-z_][\\w.-]{0,63}=)(.+)$`,
  's',
);

/** Maximum number of encodings of the rest of a query, beyond the one that a value requires. */
const spareEncodings = 3;

/**
 * The parameters in the value of a click ID, behind it: who encodes the rest of a URL as one value sends them so. Those that also came by
 * themselves are not among them.
 */
export function parametersBehind(
  { parameter, text }: { readonly parameter: string; readonly text: string },
  parameters: readonly Parameter[],
  keys: readonly ClickIdKey[],
): readonly Parameter[] {
  const rest = queryBehind(text, keys);
  if (rest === undefined) return [];
  const folded = foldName(parameter);
  const scope = folded.slice(0, folded.lastIndexOf('.') + 1);
  const sent = new Set(parameters.filter(({ value }) => value !== '').map(({ name }) => foldName(name)));
  return splitPairs(rest, 'query')
    .map((pair) => ({ ...pair, name: `${scope}${pair.name}` }))
    .filter(({ name }) => !sent.has(foldName(name)));
}

function queryBehind(text: string, keys: readonly ClickIdKey[]): string | undefined {
  let decoded = text;
  for (let round = 0; round <= spareEncodings; round++) {
    const [, id, rest] = idAndQuery.exec(withoutEntities(decoded)) ?? [];
    if (id !== undefined) return readClickId(id, keys).outcome === 'genuine' ? rest : undefined;
    const next = decodePercent(decoded);
    if (next === decoded) return undefined;
    decoded = next;
  }
  return undefined;
}
