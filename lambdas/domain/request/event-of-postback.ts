import { read, type Read } from '../values/rejection';
import type { Warning } from '../values/reasons';
import { noEvent, readEvent, type EventReading, type EventRules } from './event-reading';
import type { FieldValues } from './field-values';

/** The event of a postback, with the warning of a guessed name. */
type EventOfPostback = EventReading & { readonly warnings: readonly Warning[] };

/**
 * Reads the event by its own name, else by another. A number is that of a goal where it is known, or where nothing beside it says what
 * happened; else it is that of the notification.
 */
export function readEventOf(
  { event: named, namedEvent: told }: Pick<FieldValues, 'event' | 'namedEvent'>,
  rules: EventRules,
): Read<EventOfPostback> {
  const own = readEvent(named ?? told?.value, rules);
  const word = told === undefined || named === undefined ? own : readEvent(told.value, rules);
  const isGoal = own.ok && (own.value.isMapped === true || own.value.isIgnored === true);
  const says = word.ok && (isKnown(word.value) || word.value.step !== undefined);
  if (told === undefined || (named !== undefined && (isGoal || !(told.isOfJson || says)))) {
    return own.ok ? read({ ...own.value, warnings: [] }) : own;
  }
  // The event of a step counts where its word is mapped, takes back, or leaves open what happened.
  const counts = word.ok && says && word.value.step !== 'other';
  if (told.isStep && !counts) return read({ ...noEvent, warnings: [] });
  return word.ok ? read({ ...word.value, warnings: [told.warning] }) : word;
}

function isKnown({ isIgnored, takesBack, open, isMapped }: EventReading): boolean {
  return isIgnored === true || takesBack !== undefined || open !== undefined || isMapped === true;
}
