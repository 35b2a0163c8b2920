import type { LineFields } from '../adapters/metrics';
import type { ReportWatch } from '../domain/watch/report-watch';

/** Returns the line for on-call about an integration whose visitors report conversions that no server confirms. */
export function unconfirmedLine({ integration, reported, confirmed, since }: ReportWatch): LineFields {
  return {
    level: 'WARN',
    what: `${integration}: of ${Math.round(reported)} conversions that browsers reported, servers confirmed ${Math.round(confirmed)}`,
    integration,
    reported: Math.round(reported),
    confirmed: Math.round(confirmed),
    unconfirmedSince: `${since}:00Z`,
    todo: 'Check that the server sends the same event and transaction ID. Else visitors make them up, or nobody confirms: take browser out of the campaign.',
  };
}
