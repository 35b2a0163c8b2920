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
 * Whether an alarm rings. One that calls somebody for want of data watches a pulse: it rings when that has stopped, and not before there
 * ever was one, as in a stack that was deployed within the hour.
 */
export function isRinging(alarm: DescribedAlarm): boolean {
  const { StateValue, InsufficientDataActions = [], AlarmConfigurationUpdatedTimestamp: made } = alarm;
  if (StateValue !== 'INSUFFICIENT_DATA' || InsufficientDataActions.length === 0) return StateValue === 'ALARM';
  const since = alarm.StateTransitionedTimestamp;
  return since !== undefined && (made === undefined || since.getTime() - made.getTime() > settlingMilliseconds);
}

/** An alarm that was just made, or changed, is evaluated within minutes. */
const settlingMilliseconds = 10 * 60_000;

/** Our alarms say in their description how urgent they are, what is lost, and where the runbook tells of them. */
export function ringingAlarm(stack: string, alarm: DescribedAlarm): RingingAlarm {
  const { AlarmName = '', AlarmDescription = '' } = alarm;
  const [first = ''] = AlarmDescription.split('\n');
  const [, said, about = first] = /^(PAGE|PART|TICKET|INFO)\.\s*(.*)$/.exec(first) ?? [];
  const runbook = /^Runbook: (\S+#[\w-]+)$/m.exec(AlarmDescription)?.[1];
  const command = /^First: (.+)$/m.exec(AlarmDescription)?.[1];
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: AlarmName.startsWith(`${stack}-`) ? AlarmName.slice(stack.length + 1) : AlarmName,
    // One that somebody else made and does not say is looked at first.
    urgency: urgencies.find((urgency) => urgency === said?.toLowerCase()) ?? 'page',
    about: about === '' ? 'it has no description.' : about,
    ...(command !== undefined && { first: command }),
    ...(runbook !== undefined && { runbook }),
    ...(since !== undefined && { since: since.toISOString() }),
  };
}

/** Those that tell somebody something, most urgent first. A part that rings beside no page means nothing yet. */
export function tellingAlarms(ringing: readonly RingingAlarm[]): readonly RingingAlarm[] {
  const pages = ringing.some(({ urgency }) => urgency === 'page');
  return urgencies
    .filter((urgency) => urgency !== 'part' || pages)
    .flatMap((urgency) => ringing.filter((alarm) => alarm.urgency === urgency));
}
