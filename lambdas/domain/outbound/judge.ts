import type { AnswerReason } from './delivery';
import { rejectionWords } from './rejection-words';
import type { SuccessRule } from './sources/template';

/** The result of one request: an answer, or the reason why there is none. */
export type Attempt =
  | {
      readonly httpStatus: number;
      /** The part of the body that was read, as text. */
      readonly text: string;
      /** The `Retry-After` header as it was sent. */
      readonly retryAfter?: string | undefined;
    }
  | { readonly failure: AttemptFailure };

/** `OUTCOME_UNKNOWN`: the request was written, and no whole answer came. */
export type AttemptFailure = Extract<
  AnswerReason,
  'TIMED_OUT' | 'OUTCOME_UNKNOWN' | 'CONNECTION_FAILED' | 'NAME_NOT_FOUND' | 'TLS_FAILED' | 'ADDRESS_REJECTED'
>;

export interface Judgement {
  readonly outcome: 'delivered' | 'retry' | 'failed';
  readonly reason: AnswerReason;
  /** The words of the source's rejection, in full: a secret in them is masked before they are cut. */
  readonly detail?: string;
  /** At most an hour. */
  readonly retryAfterSeconds?: number;
}

const longestRetryAfterSeconds = 3600;

/** Judges an attempt. A source that answers 200 to everything rejects in words, which its template names. */
export function judgeAnswer(success: SuccessRule | undefined, attempt: Attempt, now: number): Judgement {
  if ('failure' in attempt) return judgeFailure(attempt.failure);
  const { httpStatus, text, retryAfter } = attempt;
  if (httpStatus === 408 || httpStatus === 425 || httpStatus === 429 || httpStatus >= 500) {
    const seconds = retryAfterSeconds(retryAfter, now);
    const reason = httpStatus === 429 ? 'RATE_LIMITED' : httpStatus >= 500 ? 'SERVER_ERROR' : 'TIMED_OUT';
    return { outcome: 'retry', reason, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
  }
  if (httpStatus >= 300 && httpStatus < 400) return { outcome: 'failed', reason: 'REDIRECTED' };
  const detail = rejectionWords(text);
  if (!isAcceptedStatus(success, httpStatus)) return { outcome: 'failed', reason: 'REFUSED', detail };
  return isAcceptedText(success, text)
    ? { outcome: 'delivered', reason: 'ACCEPTED' }
    : { outcome: 'failed', reason: 'REFUSED_IN_BODY', detail };
}

function judgeFailure(reason: AttemptFailure): Judgement {
  return { outcome: reason === 'ADDRESS_REJECTED' ? 'failed' : 'retry', reason };
}

function isAcceptedStatus(success: SuccessRule | undefined, httpStatus: number): boolean {
  return success?.statuses?.includes(httpStatus) ?? (httpStatus >= 200 && httpStatus < 300);
}

function isAcceptedText({ has, hasNot = [] }: SuccessRule = {}, text: string): boolean {
  const folded = fold(text);
  const holds = (words: string): boolean => folded.includes(fold(words));
  return !hasNot.some(holds) && has?.some(holds) !== false;
}

const fold = (text: string): string => text.toLowerCase().replace(/\s+/g, '');

/** `120`, or the date of HTTP; `undefined` for anything else. */
function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return seconds > 0 ? Math.min(seconds, longestRetryAfterSeconds) : undefined;
}
