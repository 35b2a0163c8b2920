import { isPlaceholder } from '../text/macros';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';
import type { Warning } from '../values/reasons';
import { read, reject } from '../values/rejection';
import type { FieldNames } from './field-names';
import { quotedName, select, type ReadField, type Selected } from './field-selection';
import { foldName, type ParameterIndex } from './parameter-index';

const membersOf = (names: string): readonly string[] => names.split(' ');

/** Members of an object that say what a field is, the likeliest first. An amount has none: of its parts none is the amount for sure. */
const members: Readonly<Record<Exclude<ReadField, 'amount'>, readonly string[]>> = {
  status: membersOf('value name code key slug status state type label title text id'),
  event: membersOf('name type event value code key action slug title label id'),
  currency: membersOf('code iso iso_code currency_code currency value name id'),
  transactionId: membersOf('id txid transaction_id order_id number reference ref value code'),
  timestamp: membersOf('seconds _seconds $date date datetime value unix iso time'),
};

/** Parts of one object that are looked at. */
const mostParts = 20;

const nothing: Selected = read({ warnings: [] });

/**
 * Reads a field that came as an object or a list: the member that names it, with a warning. A value without such a member is rejected with
 * the setting that helps, since an ignored status or currency changes the money.
 */
export function selectPart(
  field: ReadField,
  index: ParameterIndex,
  scopes: readonly string[],
  fieldNames: FieldNames,
): Selected {
  if (field === 'amount' || fieldNames.exact.has(field)) return nothing;
  for (const scope of scopes) {
    for (const name of fieldNames.names[field].map(foldName)) {
      // A letter alone is the name of an object of anything.
      const parts = name.length < 2 ? [] : index.findWithin(`${scope}${name}`, mostParts).filter(says);
      if (parts.length > 0) return partOf(field, `${scope}${name}`, parts, index, fieldNames);
    }
  }
  return nothing;
}

const says = ({ value }: Parameter): boolean => !isPlaceholder(value);

function partOf(
  field: Exclude<ReadField, 'amount'>,
  path: string,
  parts: readonly Parameter[],
  index: ParameterIndex,
  fieldNames: FieldNames,
): Selected {
  const names = parts.map(({ name }) => foldName(name).slice(path.length + 1));
  if (names.some((name) => /^[1-9]\d*(?:\.|$)/.test(name))) return several(field, path, parts);
  const within = names.every((name) => /^0(?:\.|$)/.test(name)) ? '0.' : '';
  const named = members[field].find((member) => mayName(field, path, member) && names.includes(`${within}${member}`));
  const [only, ...others] = parts;
  if (named === undefined && (field === 'event' || only === undefined || others.length > 0)) {
    return unnamed(field, path, parts);
  }
  const chosen = named === undefined ? foldName(only?.name ?? '') : `${path}.${within}${named}`;
  const selected = select(field, index, [''], {
    ...fieldNames,
    names: { ...fieldNames.names, [field]: [chosen] },
    chosen: new Set([...fieldNames.chosen, field]),
  });
  const found = selected.ok ? selected.value.found : undefined;
  if (!selected.ok || found === undefined) return selected;
  const message = `${quotedName(found.parameter)} was read as the ${field}. Name it in parameters.${field} of the integration.`;
  return read({ found, warnings: [...selected.value.warnings, { code: 'NAME_GUESSED', message }] });
}

/** The number of a webhook's event is new each time: it is no name of what happened. */
function mayName(field: ReadField, path: string, member: string): boolean {
  return !(field === 'event' && member === 'id' && /(?:^|\.)event$/.test(path));
}

function several(field: Exclude<ReadField, 'amount'>, path: string, parts: readonly Parameter[]): Selected {
  const texts = new Set(parts.map(({ value }) => plainValue(value)));
  const [first] = parts;
  if (first === undefined) return nothing;
  if (texts.size === 1) return read({ found: { parameter: first.name, text: first.value }, warnings: [] });
  if (field === 'timestamp') return unnamed(field, path, parts);
  return reject('PARAMETER_CONFLICT', `${quotedName(path)} came with ${texts.size} different values. Send it once.`);
}

/** An object without a member that names the field. An event is then what happened to, and not what happened. */
function unnamed(field: Exclude<ReadField, 'amount'>, path: string, parts: readonly Parameter[]): Selected {
  const [first] = parts;
  if (field === 'event' || first === undefined) return nothing;
  const advice = `Set parameters.${field} of the integration to the part that counts, such as ["${first.name.slice(0, 64)}"]`;
  const came = `${quotedName(path)} came as an object of ${parts.length} values`;
  switch (field) {
    case 'status':
      return reject('STATUS_UNKNOWN', `${came}. ${advice}, then replay.`);
    case 'currency':
      return reject('CURRENCY_INVALID', `${came}. ${advice}, then replay.`);
    case 'timestamp':
      return read({ found: { parameter: path, text: parts.map(({ value }) => value).join(',') }, warnings: [] });
    case 'transactionId': {
      const warning: Warning = {
        code: 'ALIAS_IGNORED',
        message: `${came} and was not read: the next sale is then a repeat. ${advice}.`,
      };
      return read({ warnings: [warning] });
    }
  }
}
