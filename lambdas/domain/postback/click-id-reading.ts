import {
  clickIdLength,
  readClickId,
  type ClickId,
  type ClickIdKey,
  type ClickIdReading,
} from '../identifiers/click-id';
import type { FieldNames } from './field-names';
import { findUnreplacedMacro } from './macros';
import type { Parameter } from './parameters';
import { decodePercent } from './percent-encoding';
import { read, refuse, type Read, type Refusal } from './refusal';
import type { Warning } from './verdict';

/** The click ID of a postback, with the parameter that carried it. The MAC may still be wrong: that is judged in its turn. */
export interface FoundClickId {
  readonly parameter: string;
  readonly text: string;
  readonly outcome:
    | { readonly genuine: true; readonly clickId: ClickId; readonly mintedAt: number }
    | { readonly genuine: false; readonly refusal: Refusal };
  readonly warnings: readonly Warning[];
}

interface Candidate {
  readonly parameter: Parameter;
  readonly reading: ClickIdReading;
}

/**
 * Finds the click ID. Parameters that the integration names come first; of those the one whose MAC is right counts, since senders
 * put their own IDs under the same names. An ID with a right MAC under any other name is ours all the same: nobody makes one by chance.
 */
export function findClickId(
  parameters: readonly Parameter[],
  { names, preset }: FieldNames,
  keys: readonly ClickIdKey[],
): Read<FoundClickId> {
  const sent = parameters.filter(({ value }) => value !== '');
  const candidate = (parameter: Parameter): Candidate => ({
    parameter,
    reading: readClickId(decodePercent(parameter.value), keys),
  });
  const named = names.clickId
    .flatMap((name) => sent.filter((parameter) => parameter.name.toLowerCase() === name))
    .map(candidate);
  const genuine = distinct(named);
  if (genuine.length > 1) {
    return refuse(
      'PARAMETER_CONFLICT',
      `The postback carries ${genuine.length} different click IDs (${genuine.map(({ parameter }) => parameter.name).join(', ')}). Send one postback for each.`,
    );
  }
  const [own] = genuine;
  if (own !== undefined) return read(found(own, []));

  const elsewhere = distinct(sent.filter(({ value }) => decodePercent(value).length === clickIdLength).map(candidate));
  const [guess] = elsewhere;
  if (elsewhere.length === 1 && guess !== undefined) {
    const message = `The click ID came as "${guess.parameter.name.slice(0, 64)}", which is no name of a click ID here. We took it; send it as "${names.clickId[0]}", or add the name to the integration.`;
    return read(found(guess, [{ code: 'NAME_GUESSED', message }]));
  }

  const [first] = named;
  const token = preset.tokens.clickId;
  if (first === undefined) {
    return refuse(
      'CLICK_ID_MISSING',
      `No click ID came. Send it as "${names.clickId[0]}"${token === undefined ? '' : `: in ${preset.name} write ${names.clickId[0]}=${token}`}. We looked for ${names.clickId.join(', ')}.`,
    );
  }
  const values = new Set(
    named
      .filter(({ parameter }) => parameter.name.toLowerCase() === first.parameter.name.toLowerCase())
      .map(({ parameter }) => parameter.value),
  );
  if (values.size > 1) {
    return refuse(
      'PARAMETER_CONFLICT',
      `"${first.parameter.name}" came with ${values.size} different values. Send it once.`,
    );
  }
  const macro = findUnreplacedMacro(first.parameter.value);
  if (macro !== undefined) return unreplaced(first.parameter.name, macro, token, preset.name);
  return read(found(first, []));
}

/** A macro that nobody replaced: the refusal names the parameter, what came, and the token that this sender's system really uses. */
export function unreplaced(
  parameter: string,
  literal: string,
  token: string | undefined,
  system: string,
): { readonly ok: false; readonly refusal: Refusal } {
  const advice =
    token === undefined || token === literal
      ? 'Check that the sending system knows this macro, letter for letter and in the right case'
      : `In ${system} the token is ${token}`;
  return refuse(
    'MACRO_UNREPLACED',
    `"${parameter}" came as the literal ${literal}: the macro was not replaced. ${advice}.`,
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
  const base = { parameter: parameter.name, text: parameter.value, warnings };
  switch (reading.outcome) {
    case 'genuine':
      return { ...base, outcome: { genuine: true, clickId: reading.clickId, mintedAt: reading.mintedAt } };
    case 'malformed':
      return {
        ...base,
        outcome: {
          genuine: false,
          refusal: {
            reason: 'CLICK_ID_MALFORMED',
            message: `"${parameter.name}" is no click ID of ours: it has ${parameter.value.length} characters and ours have ${clickIdLength} letters and digits. Pass on the ID exactly as it came in the landing page's URL, uncut.`,
          },
        },
      };
    case 'forged':
      return {
        ...base,
        outcome: {
          genuine: false,
          refusal: {
            reason: 'CLICK_ID_FORGED',
            message: `"${parameter.name}" looks like a click ID but this tracker never made it. Pass on the ID exactly as it came in the landing page's URL; IDs of another tracker or stage do not work here.`,
          },
        },
      };
  }
}
