import { holdsClickIdShape } from '../click/click-id-runs';
import { readClickIdText, searchedRuns } from '../click/click-id-text';
import type { ClickIdKey } from '../click/signed-click-id';
import { generic } from '../presets/generic';
import { conversionLists } from '../text/body-text';
import type { Parameter } from '../text/query';
import { foldName } from './parameter-index';

/** A parameter with its name as it is looked up. */
export interface FoldedParameter {
  readonly folded: string;
  readonly parameter: Parameter;
}

/** Objects that only wrap what a request says. */
const wrappers = new Set(
  (
    'data payload body params parameters properties attributes details detail object resource content message result results response ' +
    'request event webhook postback'
  ).split(' '),
);

/** Lists of conversions under names that may mean another thing: they hold conversions where their elements speak like some. */
const maybeLists = new Set(
  (
    'data payload body records results result rows row list entries entry batch messages message events event actions action leads lead ' +
    'postbacks postback conversion sale order transaction purchase deposits deposit commissions commission refunds chargebacks deals ftds'
  ).split(' '),
);

const sayingNames = new Set(
  [...(generic.parameters.amount ?? []), ...(generic.parameters.transactionId ?? [])].map(foldName),
);
const speakingNames = new Set([...sayingNames, ...(generic.parameters.event ?? []).map(foldName)]);

/** The findings about a list: its place, and its elements that are like conversions. */
interface ListSeen {
  readonly prefix: string;
  readonly speaking: Set<string>;
  readonly carrying: Set<string>;
}

/** Lists within lists within lists are looked for no deeper. */
const deepest = 3;

/**
 * The lists in which a request names several conversions, as prefixes of names: those that are called so; those of which several elements
 * carry a click ID; and those of which several elements speak like a conversion, where nothing beside them does.
 */
export function listsIn(parameters: readonly FoldedParameter[], keys: readonly ClickIdKey[]): readonly string[] {
  const seen = new Map<string, ListSeen>();
  const isGenuine = clickIdCheck(keys);
  let isSaidBeside = false;
  for (const { folded, parameter } of parameters) {
    const places = placesOf(folded);
    isSaidBeside ||= places.length === 0 && sayingNames.has(folded.slice(folded.lastIndexOf('.') + 1));
    for (const { prefix, index, rest } of places) {
      const list = seen.get(prefix) ?? { prefix, speaking: new Set(), carrying: new Set() };
      seen.set(prefix, list);
      if (list.speaking.size < 2 && speakingNames.has(rest)) list.speaking.add(index);
      if (list.carrying.size < 2 && !/\.\d+(?:\.|$)/.test(rest) && isGenuine(parameter.value)) list.carrying.add(index);
    }
  }
  const lists = [...seen.values()];
  const carrying = lists.filter((list) => list.carrying.size > 1).map(({ prefix }) => prefix);
  if (carrying.length > 0) return outermost(carrying);
  const called = lists.filter(({ prefix }) => isCalledSo(prefix, conversionLists)).map(({ prefix }) => prefix);
  if (called.length > 0) return outermost(called);
  const like = lists.filter(({ prefix, speaking }) => speaking.size > 1 && isCalledSo(prefix, [...maybeLists, '']));
  return isSaidBeside || like.length > 1 ? [] : like.map(({ prefix }) => prefix);
}

interface Place {
  /** `data.` of `data.0.amount`. */
  readonly prefix: string;
  readonly index: string;
  readonly rest: string;
}

const placeOf = /(?<=^|\.)(\d{1,6})\.(?=.)/g;

function placesOf(folded: string): readonly Place[] {
  if (!/\d/.test(folded)) return [];
  const places: Place[] = [];
  for (const match of folded.matchAll(placeOf)) {
    if (places.length >= deepest) break;
    const at = match.index;
    places.push({ prefix: folded.slice(0, at), index: match[1] ?? '', rest: folded.slice(at + match[0].length) });
  }
  return places;
}

/** Whether a list has one of these names, and lies in nothing but wrappers. */
function isCalledSo(prefix: string, names: readonly string[]): boolean {
  const parts = prefix.split('.').slice(0, -1);
  return names.includes(parts.at(-1) ?? '') && parts.slice(0, -1).every((part) => part === '0' || wrappers.has(part));
}

function outermost(prefixes: readonly string[]): readonly string[] {
  return prefixes.filter((one) => !prefixes.some((other) => other !== one && one.startsWith(other)));
}

/** Whether a value carries a click ID of ours: a bounded number of MACs, each value once. */
export function clickIdCheck(keys: readonly ClickIdKey[]): (value: string) => boolean {
  const known = new Map<string, boolean>();
  let left = searchedRuns;
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    if (left <= 0 || !holdsClickIdShape(value)) return false;
    const { reading, searched } = readClickIdText(value, keys, left);
    left -= searched;
    known.set(value, reading.outcome === 'genuine');
    return reading.outcome === 'genuine';
  };
}
