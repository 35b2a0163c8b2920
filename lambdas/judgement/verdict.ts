import { conversionMessage, message } from '../domain/verdict/messages';
import type { Rejection } from '../domain/values/rejection';
import { reasons, type Reason } from '../domain/values/reasons';
import { summaryOf, type Verdict } from '../domain/verdict/verdict';
import type { Settled } from './settle';
import type { Submission } from './submission';

/** The verdict on a postback, for its sender and for the log. A dry run reports the reason that the real one would get. */
export function verdictOf(submission: Submission, settled: Settled): Verdict {
  const verdict = realVerdict(submission, settled);
  const { facts } = settled;
  // A dry run is for authenticated senders: it never hides that one is not.
  if (!facts.dryRun || (facts.trust === 'none' && settled.outcome !== 'unmatched')) return verdict;
  return { ...verdict, result: 'dry_run', httpStatus: 200, message: message.dryRun(verdict.message) };
}

function realVerdict(submission: Submission, settled: Settled): Verdict {
  switch (settled.outcome) {
    case 'rejected':
      return rejectionVerdict(submission, settled, settled.rejection);
    case 'unmatched':
      return rejectionVerdict(submission, settled, { reason: 'PENDING_UNMATCHED', message: message.unmatched });
    case 'ignored':
      return rejectionVerdict(submission, settled, { reason: 'OK_IGNORED', message: message.ignored });
    case 'settled':
      return settledVerdict(submission, settled);
  }
}

function rejectionVerdict({ requestId }: Submission, { facts }: Settled, rejection: Rejection): Verdict {
  const { result, httpStatus } = reasons[rejection.reason];
  return { result, httpStatus, ...rejection, requestId, warnings: facts.warnings };
}

function settledVerdict(
  { requestId }: Submission,
  { facts, claim, settlement }: Extract<Settled, { readonly outcome: 'settled' }>,
): Verdict {
  const { conversion, reason } = settlement;
  const text = conversionMessage(reason, conversion, claim);
  const isTest = conversion.test && reasons[reason].result !== 'rejected';
  const shown: Reason = isTest && !facts.dryRun ? 'OK_TEST' : reason;
  const { result, httpStatus } = reasons[shown];
  return {
    result,
    reason: shown,
    httpStatus,
    message: isTest ? message.test(text) : text,
    requestId,
    conversion: summaryOf(conversion),
    warnings: facts.warnings,
  };
}
