import { usageFailure } from '../../operator/failure';
import { readMoment } from '../../operator/moment';

/** Reads the period from the options; without them the API takes the last 24 hours. */
export interface AskedPeriod {
  readonly since?: string;
  readonly until?: string;
}

export function readPeriodOptions(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: number,
): AskedPeriod {
  const period = {
    ...(since !== undefined && { since: readMoment('--since', since, now) }),
    ...(until !== undefined && { until: readMoment('--until', until, now) }),
  };
  if (period.since !== undefined && period.since > (period.until ?? new Date(now).toISOString())) {
    throw usageFailure(
      period.until === undefined
        ? '--since is in the future.'
        : '--since is after --until: give the earlier one first.',
    );
  }
  return period;
}

/** Describes the period for a heading. */
export function periodText({ since, until }: AskedPeriod): string {
  if (since === undefined) return until === undefined ? 'in the last 24 hours' : `in the 24 hours before ${until}`;
  return until === undefined ? `since ${since}` : `from ${since} to ${until}`;
}
