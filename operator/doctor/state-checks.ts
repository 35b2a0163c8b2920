import { counted } from '../counted';
import type { Picture } from '../status/picture';
import { fine, skipped, warning, wrong, type Check } from '../check';

/** Checks queues, dead letters, alarms and injected faults. */
export function checkState({ queues, alarms, alarmsWatched, faults, name }: Picture): readonly Check[] {
  const { retry, dead } = queues;
  const checks = [
    dead === 0
      ? fine('the dead letter queue is empty')
      : wrong('the dead letter queue is empty', `It holds ${dead}.`, 'tracker dead-letters list'),
    retry === 0
      ? fine('the retry queue is empty')
      : warning('the retry queue is empty', `The retry queue holds ${retry}.`, 'tracker status'),
  ];
  if (faults.length > 0) {
    const fix = `curl -X DELETE ${name}/_local/faults`;
    return [...checks, wrong('no fault is injected', `${counted(faults.length, 'fault')} at work.`, fix)];
  }
  return [...checks, alarmCheck(alarms, alarmsWatched)];
}

function alarmCheck(alarms: Picture['alarms'], watched: number): Check {
  const name = 'no alarm rings';
  if (watched === 0) return skipped(name, 'There are no alarms here.');
  if (alarms.length === 0) return fine(name, `${watched} watch`);
  return wrong(name, `${alarms.map((alarm) => alarm.name).join(', ')} ring.`, 'tracker status');
}
