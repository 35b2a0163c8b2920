import { defaultAttribution, type Campaign } from '../configuration/campaign';
import type { Click } from '../click/click';
import type { Claim } from '../conversion/claim';
import { read, refuse, type Read } from './refusal';
import type { Warning } from './verdict';

const dayMilliseconds = 24 * 60 * 60 * 1000;
const clockTolerance = 60_000;

/** Checks the attribution window of a campaign, which only the first claim of a key must be in. */
export function checkWindow(
  { eventTime }: Pick<Claim, 'eventTime'>,
  { clickedAt }: Pick<Click, 'clickedAt'>,
  campaign: Campaign | undefined,
): Read<readonly Warning[]> {
  const { maxAgeDays, minAgeSeconds } = { ...defaultAttribution, ...campaign?.attribution };
  const age = eventTime - clickedAt;
  if (age > maxAgeDays * dayMilliseconds) {
    return refuse(
      'CLICK_EXPIRED',
      `The conversion came ${Math.floor(age / dayMilliseconds)} days after the click; this campaign counts ${maxAgeDays}. If it happened earlier, send its time as "timestamp"; else attribution.maxAgeDays of the campaign decides.`,
    );
  }
  if (age < -clockTolerance) {
    return read([
      {
        code: 'TIMESTAMP_BEFORE_CLICK',
        message: 'The conversion time is before the click. Check the time zone: times without one are read as UTC.',
      },
    ]);
  }
  if (minAgeSeconds === 0 || age >= minAgeSeconds * 1000) return read([]);
  return read([
    {
      code: 'TOO_FAST',
      message: `The conversion came ${Math.max(0, Math.round(age / 1000))} s after the click; this campaign expects at least ${minAgeSeconds} s.`,
    },
  ]);
}
