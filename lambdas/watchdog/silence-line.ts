import type { LineFields } from '../adapters/metrics';
import { hoursOf } from '../domain/watch/doubt';
import type { Watch } from '../domain/watch/watch';

/** Returns the line for on-call about one silent integration: `acme: 0 postbacks in the last 3 h, usually 212 at this time of the week.` */
export function silenceLine({ integration, doubt, countedUntil, lastHeard }: Watch): LineFields {
  if (doubt === undefined) throw new Error(`${integration} is not silent`);
  const hours = hoursOf(doubt, countedUntil);
  const usual = doubt.usual < 10 ? Number(doubt.usual.toPrecision(2)) : Math.round(doubt.usual);
  const firstStep =
    doubt.refused === 0
      ? 'Nothing of it was rejected either: ask the sender whether it still sends, and to which URL.'
      : `${doubt.refused} were rejected: see their reasons in the log, and fix the integration or the sender.`;
  return {
    level: 'WARN',
    what: `${integration}: ${doubt.accepted} postback${doubt.accepted === 1 ? '' : 's'} in the last ${hours} h, usually ${usual} at this time of the week`,
    integration,
    silentHours: hours,
    accepted: doubt.accepted,
    refused: doubt.refused,
    usual,
    silentSince: `${doubt.since}:00Z`,
    lastSeenAt: `${lastHeard}:00Z`,
    todo: `${firstStep} If it has ended, pause its campaigns or delete it.`,
  };
}
