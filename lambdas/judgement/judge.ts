import { newConversion, type ConversionsTable, type Recorded } from '../adapters/conversions-table';
import { type Deadline } from '../adapters/deadline';
import type { KeyUseTable } from '../adapters/key-use-table';
import type { PostbackLogTable } from '../adapters/postback-log-table';
import type { Claim } from '../domain/conversion/history';
import type { LogRow } from '../domain/postback/log-row';
import { conversionMessage, message } from '../domain/postback/messages';
import type { Refusal } from '../domain/postback/refusal';
import { reasons, summaryOf, type Reason, type Verdict, type Warning } from '../domain/postback/verdict';
import { assess, type Assessment, type Sources } from './assess';
import { logRowOf } from './log-row-of';
import { withRequest } from './with-request';
import type { Facts, Submission } from './submission';

/** Everything that judgement reads and writes. */
export interface Stores extends Sources {
  readonly conversions: ConversionsTable;
  readonly postbackLog: PostbackLogTable;
  readonly keyUse: KeyUseTable;
  /** Days that a log row is kept. */
  readonly logRetentionDays: number;
}

/** A postback that was judged. */
export interface Judged {
  readonly verdict: Verdict;
  readonly facts: Facts;
  /** Set where a change was refused since the conversion's history is full. */
  readonly historyFull: boolean;
  /** The row that tells of it; `logged` says whether it stands in the log already. */
  readonly row: LogRow;
  readonly logged: boolean;
}

/**
 * Judges a postback and records what it makes of it. Throws where storage does not take part in time: then nothing is promised, and
 * the caller queues the request or says that nothing was kept.
 */
export async function judge(submission: Submission, stores: Stores, deadline: Deadline): Promise<Judged> {
  const assessment = await assess(submission, stores, deadline);
  switch (assessment.outcome) {
    case 'refused':
      return judged(
        submission,
        assessment.facts,
        refusalVerdict(submission, assessment.facts, assessment.refusal),
        stores,
      );
    case 'unmatched':
      return judged(
        submission,
        assessment.facts,
        refusalVerdict(submission, assessment.facts, { reason: 'PENDING_UNMATCHED', message: message.unmatched }),
        stores,
      );
    case 'claim':
      return assessment.facts.dryRun
        ? foresee(submission, assessment, stores, deadline)
        : record(submission, assessment, stores, deadline);
  }
}

/** The verdict that stands for a postback that waits, or that ended otherwise than by its content. */
export function verdictOf(submission: Submission, facts: Facts, refusal: Refusal): Verdict {
  const { result, httpStatus } = reasons[refusal.reason];
  return { result, httpStatus, ...refusal, requestId: submission.requestId, warnings: facts.warnings };
}

function refusalVerdict(submission: Submission, facts: Facts, { reason, message: text }: Refusal): Verdict {
  const verdict = verdictOf(submission, facts, { reason, message: text });
  return facts.dryRun ? { ...verdict, result: 'dry_run', httpStatus: 200, message: message.dryRun(text) } : verdict;
}

type ClaimAssessment = Extract<Assessment, { outcome: 'claim' }>;

async function foresee(
  submission: Submission,
  { facts, draft, claim }: ClaimAssessment,
  stores: Stores,
  deadline: Deadline,
): Promise<Judged> {
  const recorded = await stores.conversions.foresee(draft, claim, deadline);
  const verdict = recordedVerdict(submission, facts, claim, recorded);
  const foreseen: Verdict = {
    ...verdict,
    result: 'dry_run',
    httpStatus: 200,
    message: message.dryRun(verdict.message),
  };
  return judged(submission, facts, foreseen, stores);
}

/**
 * Writes the conversion and, beside it, the log row for the verdict that most postbacks get: two round trips deep and not three. Where
 * the write says otherwise, the row is written again in its place; where the write fails, the row says what the caller was told.
 */
async function record(
  submission: Submission,
  { facts, draft, claim }: ClaimAssessment,
  stores: Stores,
  deadline: Deadline,
): Promise<Judged> {
  const expected: Recorded = {
    reason: 'OK',
    conversion: newConversion(draft, claim),
    historyFull: false,
    statusChanged: false,
  };
  const guess = await judged(submission, facts, recordedVerdict(submission, facts, claim, expected), stores);
  const [recording, logging] = await Promise.allSettled([
    stores.conversions.record(draft, claim, deadline),
    stores.postbackLog.putExpected(guess.row, deadline),
  ]);
  if (recording.status === 'rejected') throw recording.reason;
  const verdict = recordedVerdict(submission, facts, claim, recording.value);
  const asGuessed = verdict.reason === guess.verdict.reason && verdict.message === guess.verdict.message;
  return {
    ...(await judged(submission, facts, verdict, stores)),
    historyFull: recording.value.historyFull,
    logged: asGuessed && logging.status === 'fulfilled' && logging.value,
  };
}

function recordedVerdict(submission: Submission, facts: Facts, claim: Claim, recorded: Recorded): Verdict {
  const { conversion, historyFull } = recorded;
  const text = conversionMessage(recorded.reason, conversion, { status: claim.status, historyFull });
  const refusedNow = recorded.reason === 'TRANSITION_REFUSED';
  const isTest = conversion.test && !refusedNow;
  const reason: Reason = isTest && !facts.dryRun ? 'OK_TEST' : recorded.reason;
  const { result, httpStatus } = reasons[reason];
  return {
    result,
    reason,
    httpStatus,
    message: isTest ? message.test(text) : text,
    requestId: submission.requestId,
    conversion: summaryOf(conversion),
    warnings: [...facts.warnings, ...contentWarnings(claim, recorded)],
  };
}

/** A change of status moves no amount but in the mode that replaces it: where the sender names another, it is told. */
function contentWarnings(claim: Claim, { conversion, historyFull, statusChanged }: Recorded): readonly Warning[] {
  if (historyFull) {
    return [
      { code: 'HISTORY_FULL', message: 'The conversion holds as many changes as it can; this one was not kept.' },
    ];
  }
  if (!statusChanged || claim.mode === 'increment') return [];
  if (claim.amount === undefined || claim.amount === conversion.amount) return [];
  return [
    {
      code: 'AMOUNT_DIFFERS',
      message: `The amount came as ${claim.amount}; ${conversion.amount} is stored and stays. The duplicate mode "update" would replace it.`,
    },
  ];
}

async function judged(submission: Submission, facts: Facts, verdict: Verdict, stores: Stores): Promise<Judged> {
  const row = logRowOf(submission, facts, verdict, stores.logRetentionDays);
  return {
    verdict,
    facts,
    historyFull: false,
    row: await withRequest(row, submission.request, facts, stores),
    logged: false,
  };
}

/** A postback refused for a reason that judgement of its content did not give, with the row that says so. */
export function refusedWith(submission: Submission, facts: Facts, refusal: Refusal, stores: Stores): Promise<Judged> {
  return judged(submission, facts, verdictOf(submission, facts, refusal), stores);
}

/** The end of a postback whose click never came: told in the log, and there to be replayed. */
export function notFound(submission: Submission, { facts }: Judged, stores: Stores): Promise<Judged> {
  return refusedWith(submission, facts, { reason: 'CLICK_NOT_FOUND', message: message.clickNotFound }, stores);
}
