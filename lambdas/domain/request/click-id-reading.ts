import { clickIdLength, type ClickId } from '../click/click-id';
import type { ClickIdKey } from '../click/signed-click-id';
import type { PostbackField, Preset } from '../presets';
import { generic } from '../presets/generic';
import { holdsClickIdShape } from '../click/click-id-runs';
import { readClickIdText, searchedRuns, type ReadText } from '../click/click-id-text';
import type { FieldNames } from './field-names';
import { parametersBehind } from './encoded-siblings';
import { findUnreplacedMacro, isPlaceholder } from '../text/macros';
import { foldName, indexOf, lastPart } from './parameter-index';
import type { Parameter } from '../text/query';
import { read, reject, type Read, type Rejection } from '../values/rejection';
import type { Warning } from '../values/reasons';

/** The click ID of a postback, with the parameter that carried it. The MAC may still be wrong: that is judged in its turn. */
export interface FoundClickId {
  readonly parameter: string;
  readonly text: string;
  readonly outcome:
    | { readonly genuine: true; readonly clickId: ClickId; readonly mintedAt: number }
    | { readonly genuine: false; readonly rejection: Rejection };
  /** The parameters that were encoded into the value of the click ID, behind it: they mean what they would mean beside it. */
  readonly within: readonly Parameter[];
  readonly warnings: readonly Warning[];
}

interface Candidate extends ReadText {
  readonly parameter: Parameter;
}

/**
 * Finds the click ID. Parameters that the integration names come first, then those of such a name within an object; of them the one whose MAC
 * is right counts, since senders put their own IDs under the same names. An ID with a right MAC under any other name, or within a
 * longer value, is ours all the same: none is made by chance.
 */
export function findClickId(
  parameters: readonly Parameter[],
  fieldNames: FieldNames,
  keys: readonly ClickIdKey[],
): Read<FoundClickId> {
  const reading = findAmong(parameters, fieldNames, keys);
  if (!reading.ok || !reading.value.outcome.genuine) return reading;
  const within = parametersBehind(reading.value, parameters, keys);
  if (within.length === 0) return reading;
  const message = `Understood, but ${quoted({ name: reading.value.parameter })} holds the parameters after the click ID: encode each value alone.`;
  const warnings: readonly Warning[] = [...reading.value.warnings, { code: 'QUERY_REPAIRED', message }];
  return read({ ...reading.value, within, warnings });
}

function findAmong(
  parameters: readonly Parameter[],
  { names, preset }: FieldNames,
  keys: readonly ClickIdKey[],
): Read<FoundClickId> {
  const sent = parameters.filter(({ value }) => value !== '');
  const wanted = names.clickId.map(foldName);
  const index = indexOf(sent);
  const named = candidatesOf(
    wanted.flatMap((name) => index.find(name)),
    keys,
  );
  const own = theOnly(distinct(named));
  if (own !== undefined) return own;
  const elsewhere = candidatesOf(holdingIds(sent), keys);
  const nested = theOnly(distinct(elsewhere.filter(({ parameter }) => wanted.includes(lastPart(parameter.name)))));
  if (nested !== undefined) return nested;

  const alone = distinct(elsewhere.filter(({ trimmed }) => !trimmed));
  const guesses = alone.length > 0 ? alone : distinct(elsewhere);
  const [guess] = guesses;
  if (guesses.length === 1 && guess !== undefined) {
    const message = `The click ID came as ${quoted(guess.parameter)}, which is no name of a click ID here. Send it as "${names.clickId[0]}".`;
    return read(found(guess, [{ code: 'NAME_GUESSED', message }, ...trimWarnings(guess)]));
  }

  const first = named.find(({ parameter }) => !isPlaceholder(parameter.value));
  if (first === undefined) {
    const [empty] = named;
    const came = empty === undefined ? 'No click ID came' : `No click ID came: ${quoted(empty.parameter)} holds none`;
    return reject(
      'CLICK_ID_MISSING',
      `${came}. Send it as "${names.clickId[0]}"${howToWrite(names.clickId[0], preset)}. We looked for ${names.clickId.join(', ')}.`,
    );
  }
  const values = new Set(
    named
      .filter(({ parameter }) => foldName(parameter.name) === foldName(first.parameter.name))
      .map(({ parameter }) => parameter.value),
  );
  if (values.size > 1) {
    return reject(
      'PARAMETER_CONFLICT',
      `"${first.parameter.name}" came with ${values.size} different values. Send it once.`,
    );
  }
  const macro = findUnreplacedMacro(first.parameter.value);
  if (macro !== undefined) return unreplaced(first.parameter.name, macro, 'clickId', preset);
  return read(found(first, []));
}

/** The click ID of parameters that are to carry it, a conflict where they carry several; `undefined` where they carry none. */
function theOnly(genuine: readonly Candidate[]): Read<FoundClickId> | undefined {
  const [own] = genuine;
  if (own === undefined) return undefined;
  if (genuine.length === 1) return read(found(own, trimWarnings(own)));
  const all = genuine.map(({ parameter }) => quoted(parameter)).join(', ');
  return reject(
    'PARAMETER_CONFLICT',
    `The postback carries ${genuine.length} different click IDs (${all}). Send one postback for each.`,
  );
}

/** Values that are read as click IDs, beside the bound of what their MACs may cost. */
const readValues = 256;

/** Parameters with what each is read as; so many as a search for a right MAC may cost. */
function candidatesOf(parameters: Iterable<Parameter>, keys: readonly ClickIdKey[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let left = searchedRuns;
  for (const parameter of parameters) {
    if (left <= 0 || candidates.length >= readValues) break;
    const candidate = { parameter, ...readClickIdText(parameter.value, keys, left) };
    left -= candidate.searched;
    candidates.push(candidate);
  }
  return candidates;
}

/** Parameters of any name whose value is, or holds, what could be a click ID. */
function* holdingIds(parameters: readonly Parameter[]): Generator<Parameter> {
  for (const parameter of parameters) if (holdsClickIdShape(parameter.value)) yield parameter;
}

function trimWarnings({ parameter, trimmed }: Candidate): readonly Warning[] {
  if (!trimmed) return [];
  const message = `${quoted(parameter)} holds more than the click ID. Send the ID alone, as it came to the landing page.`;
  return [{ code: 'CLICK_ID_TRIMMED', message }];
}

const quoted = ({ name }: Pick<Parameter, 'name'>): string => `"${name.slice(0, 64)}"`;

/** Returns how this sender's system writes the parameter. A sender without a preset is not called "Generic". */
function howToWrite(name: string | undefined, { id, name: system, tokens }: Preset): string {
  if (tokens.clickId === undefined) return '';
  return id === generic.id ? `, such as ${name}=${tokens.clickId}` : `: in ${system} write ${name}=${tokens.clickId}`;
}

/** A macro that was not replaced: the rejection names the parameter, what came, and the token that this sender's system really uses. */
export function unreplaced(
  parameter: string,
  literal: string,
  field: PostbackField,
  { id, name: system, tokens }: Preset,
): { readonly ok: false; readonly rejection: Rejection } {
  const token = tokens[field];
  const advice =
    token === undefined || token === literal
      ? 'Check that the sending system knows this macro, letter for letter and in the right case'
      : id === generic.id
        ? `Check which token the sending system uses for it, such as ${token}`
        : `In ${system} the token is ${token}`;
  return reject(
    'MACRO_UNREPLACED',
    `"${parameter.slice(0, 64)}" came as the literal ${literal}: the macro was not replaced. ${advice}.`,
  );
}

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (candidate.reading.outcome === 'genuine' && !byId.has(candidate.reading.clickId)) {
      byId.set(candidate.reading.clickId, candidate);
    }
  }
  return [...byId.values()];
}

function found({ parameter, reading }: Candidate, warnings: readonly Warning[]): FoundClickId {
  const base = { parameter: parameter.name, text: parameter.value, within: [], warnings };
  switch (reading.outcome) {
    case 'genuine':
      return { ...base, outcome: { genuine: true, clickId: reading.clickId, mintedAt: reading.mintedAt } };
    case 'malformed':
      return {
        ...base,
        outcome: {
          genuine: false,
          rejection: {
            reason: 'CLICK_ID_MALFORMED',
            message: `"${parameter.name}" is no click ID of ours: it has ${parameter.value.length} characters and ours have ${clickIdLength} letters and digits. Pass on the whole ID of the landing page's URL.`,
          },
        },
      };
    case 'forged':
      return {
        ...base,
        outcome: {
          genuine: false,
          rejection: {
            reason: 'CLICK_ID_FORGED',
            message: `"${parameter.name}" looks like a click ID but this tracker never made it. Pass on the ID exactly as it came in the landing page's URL of this stage.`,
          },
        },
      };
  }
}
