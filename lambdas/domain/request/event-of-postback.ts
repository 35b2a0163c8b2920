import { read, type Read } from '../values/rejection';
import type { Warning } from '../values/reasons';
import { noEvent, readEvent, type EventReading, type EventRules } from './event-reading';
import type { FieldValues } from './field-values';
import type { ToldEvent } from './told-event';

/** The event of a postback, with the warning of a guessed name. */
export type EventOfPostback = EventReading & { readonly warnings: readonly Warning[] };

/**
 * Reads the event by its own name, else by another. A number is that of a goal where it is known, or where nothing beside it says what
 * happened; else it is that of the notification.
 */
export function readEventOf(
  { event: named, eventTold: told }: Pick<FieldValues, 'event' | 'eventTold'>,
  rules: EventRules,
): Read<EventOfPostback> {
  if (named === undefined && told !== undefined) return readTold(told, rules);
  const own = readEvent(named, rules);
  const isGoal = own.ok && (own.value.isMapped === true || own.value.isIgnored === true);
  if (told !== undefined && !isGoal) {
    const word = readEvent(told.value, rules);
    if (told.isOfJson || (word.ok && (isKnown(word.value) || word.value.step !== undefined)))
      return readTold(told, rules);
  }
  return own.ok ? read({ ...own.value, warnings: [] }) : own;
}

/** The event of a step counts where its word is mapped, takes back, or leaves open what happened. */
function readTold(told: ToldEvent, rules: EventRules): Read<EventOfPostback> {
  const event = readEvent(told.value, rules);
  if (!event.ok) return told.isStep ? read({ ...noEvent, warnings: [] }) : event;
  const { step } = event.value;
  const says = isKnown(event.value) || (step !== undefined && step !== 'other');
  return told.isStep && !says ? read({ ...noEvent, warnings: [] }) : read({ ...event.value, warnings: [told.warning] });
}

function isKnown({ isIgnored, takesBack, open, isMapped }: EventReading): boolean {
  return isIgnored === true || takesBack !== undefined || open !== undefined || isMapped === true;
}
