import { conversionStatuses } from '../values/status';
import { findUnreplacedMacro } from '../text/macros';
import { insteadOf } from './foreign-macros';

/** Macros of one value each. */
const plainNames = [
  'external_id',
  'clickid',
  'currency',
  'txid',
  'delivery_id',
  'source',
  'campaign',
  'offer',
  'user_agent',
  ...(['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10'] as const),
] as const;
/** Macros that a colon and more may follow: decimals, a map of words, a format of time. */
const formattedNames = ['payout', 'status', 'event', 'goal', 'click_time', 'conversion_time'] as const;
/** Macros whose colon is followed by a name. */
const namedNames = ['param', 'secret', 'account'] as const;

export type MacroName = (typeof plainNames)[number] | (typeof formattedNames)[number] | (typeof namedNames)[number];

const timeFormats = ['s', 'ms', 'iso'] as const;
export const macroFilters = ['sha256', 'lower', 'upper', 'number'] as const;
export type MacroFilter = (typeof macroFilters)[number];

/** `{name:argument!|filter}`. */
export interface Macro {
  readonly written: string;
  readonly name: MacroName;
  /** The decimals, the format, or the name after the colon. */
  readonly argument?: string;
  /** The meaning of each word, where the argument is a map. */
  readonly map?: ReadonlyMap<string, string>;
  /** Nothing is sent where a required one is empty. */
  readonly isRequired: boolean;
  /** Marked with `?`: a word that its map does not have is left away. */
  readonly isOptional: boolean;
  readonly filters: readonly MacroFilter[];
}

/** A text with macros, in the order in which it is written. */
export type Segments = readonly (string | Macro)[];

export interface Parsed {
  readonly segments: Segments;
  /** The problems, each as one or two sentences. */
  readonly problems: readonly string[];
}

/** An empty ID finds nothing at a source: these are required unless `?` says otherwise. */
const requiredNames: ReadonlySet<string> = new Set(['external_id', 'clickid', 'delivery_id', 'secret', 'account']);

const macro = /\$?\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{[^{}]*\}/g;

/** Reads the macros of a text, and says what is wrong with it. */
export function parseMacros(text: string): Parsed {
  const segments: (string | Macro)[] = [];
  const problems: string[] = [];
  let end = 0;
  for (const match of text.matchAll(macro)) {
    const [written] = match;
    if (match.index > end) segments.push(text.slice(end, match.index));
    end = match.index + written.length;
    const read = readMacro(written);
    if (typeof read === 'string') problems.push(read);
    else segments.push(read);
  }
  if (end < text.length) segments.push(text.slice(end));
  const literals = segments.filter((segment) => typeof segment === 'string');
  if (literals.some((literal) => /[{}]/.test(literal)))
    problems.push('A brace has no partner. Write macros as {name}.');
  return { segments, problems };
}

/** Another system's token in a text between macros: `[CLICK_ID]`, `##X##`, `%7Bclickid%7D`. */
export function foreignTokenProblem(literal: string): string | undefined {
  const encoded = /%(?:25)*7B([^%{}&#]{1,64})%(?:25)*7D/i.exec(literal);
  if (encoded !== null)
    return `${encoded[0]} is no macro, since its braces are encoded. ${insteadOf(encoded[1] ?? '')}`;
  const token = /#{1,2}[A-Za-z_][\w .()-]{0,62}#{1,2}/.exec(literal)?.[0] ?? findUnreplacedMacro(literal);
  return token === undefined ? undefined : foreign(token);
}

function foreign(token: string): string {
  const name = token.replace(/^[^A-Za-z]+|[^A-Za-z\d)]+$/g, '');
  return `${token.slice(0, 80)} is a token of another system. ${insteadOf(name)}`;
}

/** A macro, or what is wrong with it. */
function readMacro(written: string): Macro | string {
  if (!/^\{[^{]/.test(written)) return foreign(written);
  const match = /^([a-z_]+\d{0,2})(?::([^|]*?))?([!?])?((?:\|[^|]*)*)$/.exec(written.slice(1, -1));
  if (match === null) return unknown(written);
  const [, name = '', argument, mark, filterText = ''] = match;
  const filters = filterText.split('|').slice(1);
  const known = macroFilters.filter((filter) => filters.includes(filter));
  const odd = filters.find((filter) => !macroFilters.some((one) => one === filter));
  if (odd !== undefined) return `${written} has an unknown filter. Filters are ${macroFilters.join(', ')}.`;
  const read = readNamed(written, name, argument);
  if (typeof read === 'string') return read;
  const isRequired = mark === '!' || (mark === undefined && requiredNames.has(name));
  return { written, ...read, isRequired, isOptional: mark === '?', filters: known };
}

type Named = Pick<Macro, 'name' | 'argument' | 'map'>;

function readNamed(written: string, text: string, argument: string | undefined): Named | string {
  const plain = plainNames.find((name) => name === text);
  if (plain !== undefined)
    return argument === undefined ? { name: plain } : `${written} takes no format. Write {${plain}}.`;
  const named = namedNames.find((name) => name === text);
  if (named !== undefined) {
    const pattern = named === 'param' ? /^[^{}|]{1,64}$/ : /^[A-Za-z][\w-]{0,63}$/;
    return pattern.test(argument ?? '')
      ? { name: named, argument: argument ?? '' }
      : `Write ${written} with a name, as in {${named}:NAME}.`;
  }
  const formatted = formattedNames.find((name) => name === text);
  if (formatted === undefined) return unknown(written);
  return argument === undefined ? { name: formatted } : readFormat(written, formatted, argument);
}

function readFormat(written: string, name: (typeof formattedNames)[number], argument: string): Named | string {
  if (name === 'payout') {
    return /^[0-6]$/.test(argument) ? { name, argument } : `${written} needs its decimals, 0 to 6, as in {payout:2}.`;
  }
  if (name === 'click_time' || name === 'conversion_time') {
    const isFormat = timeFormats.some((format) => format === argument);
    return isFormat ? { name, argument } : `${written} needs a format: ${timeFormats.join(', ')}.`;
  }
  const map = readMap(argument);
  if (map === undefined)
    return `${written} needs words with their values, as in {${name}:${name === 'status' ? 'approved=1,pending=0' : 'sale=Purchase'}}.`;
  const odd = [...map.keys()].find(
    (word) => name === 'status' && !conversionStatuses.some((status) => status === word),
  );
  return odd === undefined
    ? { name, map }
    : `${odd} in ${written} is no status. Statuses are ${conversionStatuses.join(', ')}.`;
}

function readMap(text: string): ReadonlyMap<string, string> | undefined {
  const pairs = text.split(',').map((pair) => /^([^=]+)=([^=]*)$/.exec(pair.trim()));
  const known = pairs.flatMap((pair): [string, string][] =>
    pair === null ? [] : [[(pair[1] ?? '').trim().toLowerCase(), (pair[2] ?? '').trim()]],
  );
  return known.length === pairs.length ? new Map(known) : undefined;
}

function unknown(written: string): string {
  return `${written.slice(0, 80)} is no macro of the tracker. ${insteadOf(written.slice(1, -1))}`;
}

/** Whether a macro is to be a number of JSON. */
export function isNumber({ filters }: Macro): boolean {
  return filters.includes('number');
}
