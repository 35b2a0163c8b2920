import type { RingingAlarm } from './picture';

/** An alarm as CloudWatch describes it. */
interface DescribedAlarm {
  readonly AlarmName?: string | undefined;
  readonly AlarmDescription?: string | undefined;
  readonly StateTransitionedTimestamp?: Date | undefined;
  readonly StateUpdatedTimestamp?: Date | undefined;
}

/** Alarms that are part of another one, which rings when together they mean something. */
export function isPart({ AlarmDescription = '' }: DescribedAlarm): boolean {
  return /^PART\./i.test(AlarmDescription);
}

/** Our alarms say in their description how urgent they are, what is lost, and where the runbook tells of them. */
export function ringingAlarm(stack: string, alarm: DescribedAlarm): RingingAlarm {
  const { AlarmName = '', AlarmDescription = '' } = alarm;
  const [first = ''] = AlarmDescription.split('\n');
  const [, urgency, about = first] = /^(PAGE|TICKET)\.\s*(.*)$/i.exec(first) ?? [];
  const runbook = /docs\/runbook\.md#[\w-]+/.exec(AlarmDescription)?.[0];
  const command = /^First: (.+)$/m.exec(AlarmDescription)?.[1];
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: AlarmName.startsWith(`${stack}-`) ? AlarmName.slice(stack.length + 1) : AlarmName,
    // One that somebody else made and does not say is looked at first.
    urgency: urgency?.toUpperCase() === 'TICKET' ? 'ticket' : 'page',
    about: about === '' ? 'it has no description.' : about,
    ...(command !== undefined && { first: command }),
    ...(runbook !== undefined && { runbook }),
    ...(since !== undefined && { since: since.toISOString() }),
  };
}
