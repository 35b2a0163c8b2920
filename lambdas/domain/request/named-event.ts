import { generic } from '../presets/generic';
import { plainValue, unquoted } from '../text/percent-encoding';
import type { FieldNames } from './field-names';
import { quotedName, select } from './field-selection';
import { foldName, lastPart, withJoined, type FieldValue, type ParameterIndex } from './parameter-index';
import type { Warning } from '../values/reasons';

/** Custom names for the event in a URL or a body, beside the usual ones. */
const ownNames = withJoined('event_name event_type goal_name conversion_type conversion_name');

/** Names under which systems say what a notification is about. */
const stepNames =
  'event_code eventcode alert_name webhook_event_type webhook_event webhook_type hook_event notification_type topic'.split(
    ' ',
  );

/** An event under another name than the usual ones. */
export interface NamedEvent {
  readonly value: FieldValue;
  /** Whether it names a step, of which one payment has several: then only a word that the rules know means something. */
  readonly isStep: boolean;
  /** Whether it came in a body of JSON, as the words of webhooks do. */
  readonly isOfJson: boolean;
  readonly warning: Warning;
}

/** Finds an event under another name, where the sender named none. */
export function findNamedEvent(
  index: ParameterIndex,
  scopes: readonly string[],
  fieldNames: FieldNames,
): NamedEvent | undefined {
  if (fieldNames.preset.id !== generic.id || fieldNames.chosen.has('event')) return undefined;
  const { names, ...others } = fieldNames;
  const tried = { ...others, names: { ...names, event: [...ownNames, ...stepNames] } };
  const selected = select('event', index, scopes, tried);
  const value = selected.ok ? selected.value.found : undefined;
  if (value === undefined || unquoted(plainValue(value.text)) === '') return undefined;
  const message = `${quotedName(value.parameter)} was read as the event. Name it in parameters.event of the integration to be sure.`;
  const folded = foldName(value.parameter);
  const own = lastPart(folded);
  const isOfJson = index.find(folded).some(({ origin }) => origin === 'json');
  // A body that wraps the click ID is that of a system; one that has both side by side is the sender's own, as a URL is.
  const isApart = folded !== `${scopes[0] ?? ''}${own}` && isOfJson;
  return { value, isStep: !ownNames.includes(own) || isApart, isOfJson, warning: { code: 'NAME_GUESSED', message } };
}

/** Whether an event is a short number in `event_id`: that of a goal, or of a notification. */
export function isEventNumber(value: FieldValue | undefined): boolean {
  return value !== undefined && lastPart(value.parameter) === 'event_id' && /^\d+$/.test(plainValue(value.text));
}
