import type { Counts } from '../adapters/metrics';
import { metric, type MetricName } from '../contract';
import { authenticationReasons, type Verdict } from '../domain/postback/verdict';

/** The counters that a verdict moves. A dry run is received and nothing else. */
export function countsOf(verdict: Verdict, historyFull: boolean): Counts {
  const names: MetricName[] = outcomeOf(verdict);
  if (historyFull) names.push(metric.conversionHistoryFull);
  if (verdict.warnings.some(({ code }) => code === 'AUTH_WOULD_REFUSE')) {
    names.push(metric.postbackAuthenticationReported);
  }
  return Object.fromEntries(names.map((name) => [name, 1]));
}

function outcomeOf({ result, reason }: Verdict): MetricName[] {
  switch (result) {
    case 'recorded':
    case 'updated':
    case 'test':
      return [metric.postbackRecorded];
    case 'ignored':
      return [metric.postbackDuplicate];
    case 'duplicate':
      return reason === 'CONFLICTING_DUPLICATE'
        ? [metric.postbackDuplicate, metric.postbackConflicting]
        : [metric.postbackDuplicate];
    case 'queued':
      return reason === 'PENDING_UNMATCHED' ? [metric.postbackUnmatched] : [metric.postbackQueued];
    case 'rejected':
      return authenticationReasons.includes(reason) ? [metric.postbackAuthenticationFailed] : [metric.postbackRejected];
    case 'error':
      return [metric.postbackFailed];
    case 'dry_run':
      return [];
  }
}
