import { urgencies, type RingingAlarm } from './picture';

/** An alarm as CloudWatch describes it. */
interface DescribedAlarm {
  readonly AlarmName?: string | undefined;
  readonly AlarmDescription?: string | undefined;
  readonly StateTransitionedTimestamp?: Date | undefined;
  readonly StateUpdatedTimestamp?: Date | undefined;
  readonly StateValue?: string | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
  readonly AlarmConfigurationUpdatedTimestamp?: Date | undefined;
}

/**
 * Whether an alarm rings. Without data an alarm rings only if it watches a pulse that has stopped, and not before the first beat, as in a
 * new stack.
 */
export function isRinging(alarm: DescribedAlarm): boolean {
  const { StateValue, InsufficientDataActions = [], AlarmConfigurationUpdatedTimestamp: made } = alarm;
  if (StateValue !== 'INSUFFICIENT_DATA' || InsufficientDataActions.length === 0) return StateValue === 'ALARM';
  const since = alarm.StateTransitionedTimestamp;
  return since !== undefined && (made === undefined || since.getTime() - made.getTime() > settlingMilliseconds);
}

/** A new or changed alarm is evaluated within minutes. */
const settlingMilliseconds = 10 * 60_000;

/** The description of an alarm holds its urgency, the loss, and its section of the runbook. */
export function ringingAlarm(stack: string, alarm: DescribedAlarm, contributors: readonly string[] = []): RingingAlarm {
  const { AlarmName = '', AlarmDescription = '' } = alarm;
  const [first = ''] = AlarmDescription.split('\n');
  const [, said, about = first] = /^(PAGE|PART|TICKET|INFO)\.\s*(.*)$/.exec(first) ?? [];
  const runbook = /^Runbook: (\S+#[\w-]+)$/m.exec(AlarmDescription)?.[1];
  const command = /^First: (.+)$/m.exec(AlarmDescription)?.[1];
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: AlarmName.startsWith(`${stack}-`) ? AlarmName.slice(stack.length + 1) : AlarmName,
    // An alarm of unknown urgency, made by somebody else, comes first.
    urgency: urgencies.find((urgency) => urgency === said?.toLowerCase()) ?? 'page',
    about: about === '' ? 'it has no description.' : about,
    ...(contributors.length > 0 && { contributors }),
    ...(command !== undefined && { first: command }),
    ...(runbook !== undefined && { runbook }),
    ...(since !== undefined && { since: since.toISOString() }),
  };
}

/** Returns the alarms worth showing, most urgent first. A part of a composite that rings without its page means nothing yet. */
export function alarmsToShow(ringing: readonly RingingAlarm[]): readonly RingingAlarm[] {
  const pages = ringing.some(({ urgency }) => urgency === 'page');
  return urgencies
    .filter((urgency) => urgency !== 'part' || pages)
    .flatMap((urgency) => ringing.filter((alarm) => alarm.urgency === urgency));
}
