import type { MetricCounts } from '../adapters/metrics';
import type { MetricName } from '../contract';
import * as metric from '../counters';
import { authenticationReasons } from '../domain/values/reasons';
import type { Verdict } from '../domain/verdict/verdict';
import type { Trust } from '../domain/trust/authentication';

/**
 * The counters that a verdict moves; an authenticated test or dry run moves none. A stranger's request counts as a failed authentication or
 * as unidentified, never among the postbacks that alarms take percentages of.
 */
export function countsOf(verdict: Verdict, trust: Trust): MetricCounts {
  const names = outcomesOf[trust](verdict);
  if (verdict.warnings.some(({ code }) => code === 'AUTH_WOULD_REFUSE')) {
    names.push(metric.postbackAuthenticationReported);
  }
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** The same with the postback itself, which counts once, when it is judged or queued first; also where storage kept us from authenticating. */
export function countsOfReceived(verdict: Verdict, trust: Trust): MetricCounts {
  const isTrial = verdict.result === 'test' || verdict.result === 'dry_run';
  const isReceived =
    (!isTrial && trust !== 'none' && trust !== 'browser') || verdict.result === 'error' || verdict.result === 'queued';
  return { ...(isReceived && { [metric.postbackReceived]: 1 }), ...countsOf(verdict, trust) };
}

const outcomesOf: Readonly<Record<Trust, (verdict: Verdict) => MetricName[]>> = {
  proven: outcomeOf,
  'let-pass': outcomeOf,
  browser: reportOutcome,
  none: strangersOutcome,
};

/** The codes of an authenticated postback's warnings, sorted, for its log line; other senders lengthen no line. */
export function warningsField({ warnings }: Pick<Verdict, 'warnings'>, trust: Trust): string | undefined {
  if (trust === 'none' || warnings.length === 0) return undefined;
  return [...new Set(warnings.map(({ code }) => code))].toSorted().join(' ');
}

function strangersOutcome({ result, reason }: Verdict): MetricName[] {
  if (result === 'error') return [metric.postbackFailed];
  if (result === 'queued') return [reason === 'PENDING_UNMATCHED' ? metric.postbackUnmatched : metric.postbackQueued];
  return [authenticationReasons.includes(reason) ? metric.postbackAuthenticationFailed : metric.postbackUnidentified];
}

/** A browser's mistakes are nobody's failure, and no postback that alarms take percentages of. */
function reportOutcome(verdict: Verdict): MetricName[] {
  const { result } = verdict;
  if (result === 'recorded') return [metric.browserReported];
  return result === 'queued' || result === 'error' ? outcomeOf(verdict) : [];
}

function outcomeOf({ result, reason, warnings }: Verdict): MetricName[] {
  switch (result) {
    case 'recorded':
    case 'updated':
      return warnings.some(({ code }) => code === 'AMOUNT_UNREAD')
        ? [metric.postbackRecorded, metric.postbackAmountUnread]
        : [metric.postbackRecorded];
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
    case 'ignored':
    case 'test':
    case 'dry_run':
      return [];
  }
}
