import { AdminError } from '../http/answer';

/** @param what is too much of what, as a sentence */
export function tooLarge(what: string): AdminError {
  return new AdminError('REPORT_TOO_LARGE', `${what} Take a shorter period, fewer groups or a filter.`, {});
}
