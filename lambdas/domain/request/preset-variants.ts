import type { BodyMark, Preset } from '../presets/preset';
import type { FieldNames } from './field-names';
import { foldName, indexOf, type ParameterIndex } from './parameter-index';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';

function isMarked({ parameter, is }: BodyMark, index: ParameterIndex): boolean {
  const found = index.find(foldName(parameter)).filter(({ value }) => value !== '');
  if (is === 'absent' || is === 'present') return found.length > 0 === (is === 'present');
  return found.some(({ value }) => plainValue(value).toLowerCase() === is.value);
}

/** The names for a body of this kind. Those that the integration gives stay. */
export function namesForBody(fieldNames: FieldNames, index: ParameterIndex): FieldNames {
  const names = { ...fieldNames.names };
  const set = new Set(fieldNames.given);
  for (const { where, parameters } of fieldNames.preset.variants ?? []) {
    if (!isMarked(where, index)) continue;
    for (const field of ['transactionId', 'status'] as const) {
      const variant = parameters[field];
      if (variant === undefined || set.has(field)) continue;
      names[field] = variant.map((name) => name.toLowerCase());
      set.add(field);
    }
  }
  return { ...fieldNames, names };
}

/** Whether a postback is a test by what its system says of it. */
export function isMarkedTest({ testMarks = [] }: Pick<Preset, 'testMarks'>, parameters: readonly Parameter[]): boolean {
  if (testMarks.length === 0) return false;
  const index = indexOf(parameters);
  return testMarks.some((mark) => isMarked(mark, index));
}
