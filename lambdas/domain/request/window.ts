import type { Click } from '../click/click';
import { defaultAttribution, type Campaign } from '../configuration/campaign';
import { read, reject, type Read } from '../values/rejection';
import type { Warning } from '../values/reasons';

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** A conversion and the clock of its sender may be this far apart before a time is called wrong. */
const clockTolerance = 60_000;

/**
 * Asks whether a conversion lies within the attribution window of its click. Only the first claim of a conversion is asked: what is recorded
 * may change long after.
 * @param campaign absent where it was deleted since: its clicks keep the usual window
 * @returns what is odd about the time, or `CLICK_EXPIRED`
 */
export function checkWindow(
  { eventTime, timeGiven }: { readonly eventTime: number; readonly timeGiven: boolean },
  click: Pick<Click, 'clickedAt'>,
  campaign: Pick<Campaign, 'attribution'> | undefined,
): Read<readonly Warning[]> {
  const { maxAgeDays, minAgeSeconds } = { ...defaultAttribution, ...campaign?.attribution };
  const age = eventTime - click.clickedAt;
  if (age > maxAgeDays * dayMilliseconds) {
    const remedy = timeGiven
      ? 'attribution.maxAgeDays of the campaign decides.'
      : 'If it happened earlier, send its time as "timestamp"; else attribution.maxAgeDays of the campaign decides.';
    return reject(
      'CLICK_EXPIRED',
      `The conversion came ${Math.floor(age / dayMilliseconds)} days after the click; this campaign counts ${maxAgeDays}. ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}`,
    );
  }
  if (age < -clockTolerance) {
    const message =
      'The conversion time is before the click. Check the time zone: without one it is UTC, or timeZone of the integration.';
    return read([{ code: 'TIMESTAMP_BEFORE_CLICK', message }]);
  }
  if (minAgeSeconds > 0 && age < minAgeSeconds * 1000) {
    const message = `The conversion came ${Math.max(0, Math.round(age / 1000))} s after the click; this campaign expects at least ${minAgeSeconds} s.`;
    return read([{ code: 'TOO_FAST', message }]);
  }
  return read([]);
}
