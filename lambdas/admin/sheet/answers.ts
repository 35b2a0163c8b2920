import type { Integration } from '../../domain/configuration/integration';
import { reasons, type Reason } from '../../domain/values/reasons';
import type { SheetFacts } from './facts';
import { block, bullets, code, section, markdownTable } from './markdown';

/** What came of it, and what the sender is to do, for each reason. */
const advice: Readonly<Record<Reason, string>> = {
  OK: 'Recorded. Nothing to do.',
  OK_UPDATED: 'Changed what was recorded. Nothing to do.',
  OK_DUPLICATE: 'Known already. Nothing to do; for another conversion send its own transaction ID.',
  CONFLICTING_DUPLICATE:
    'Known already with other content, which stands. For another conversion send its own transaction ID.',
  OK_STALE: 'Older than what is recorded, and without effect. Nothing to do.',
  OK_IGNORED: 'Understood and not counted, as was agreed for this word. Nothing to do.',
  OK_TEST: 'A test, recorded as one. Nothing to do.',
  PENDING_RETRY: 'Kept; recorded shortly. Do not send again.',
  PENDING_UNMATCHED: 'Kept; its click is still on the way. Do not send again.',
  PENDING_BATCH: 'The rows of a batch are kept. Do not send again.',
  CLICK_ID_MISSING: 'Send the click ID under its name.',
  CLICK_ID_MALFORMED: 'Pass on the click ID as it came, uncut.',
  MACRO_UNREPLACED: 'Your system sent a placeholder instead of its value: check how it is written.',
  AMOUNT_INVALID: 'Send the amount as is said above.',
  CURRENCY_INVALID: 'Send an ISO 4217 code.',
  STATUS_UNKNOWN: 'Send one of the words above, or tell us the new one.',
  EVENT_UNKNOWN: 'Send one of the events above, or tell us the new one.',
  PARAMETER_CONFLICT: 'Send each parameter once.',
  BODY_INVALID: 'Send a query, a form or JSON.',
  AUTH_MISSING: 'Send the token or signature.',
  AUTH_INVALID: 'Check the token or signature, and whether it was replaced.',
  AUTH_STALE: 'Sign it anew when it is sent, and check your clock.',
  IP_NOT_ALLOWED: 'Tell us the address that you send from.',
  CLICK_ID_FORGED: 'This click ID is none of ours: check where it came from.',
  INTEGRATION_MISMATCH: "The click is not of your campaigns: check the URL's path.",
  CLICK_NOT_FOUND: 'We do not have this click (any more). If we should, ask us.',
  INTEGRATION_UNKNOWN: "Check the URL's path.",
  TRANSITION_REFUSED: 'This status cannot follow the one recorded; it counts if the missing step arrives.',
  REVERSAL_REFUSED: 'Too many reversals wait for this sale: send this one again once the sale is approved.',
  CLICK_EXPIRED: 'Too long after the click. If it happened in time, send when.',
  TOO_LARGE: 'Send less in one request.',
  RATE_LIMITED: 'Nothing was kept: send it again later.',
  SYSTEM_ERROR:
    'Not acknowledged: send it again after the seconds in `Retry-After`. It counts once, however often it comes.',
};

/** What goes back to the sender, and what it means. */
export function answersSection({ integration }: Pick<SheetFacts, 'integration'>): string {
  const always200 = integration.respond === 'always-200';
  const rows = Object.keys(advice)
    .filter(isReason)
    .filter((reason) => canHappen(reason, integration))
    .map((reason) => {
      const { result, httpStatus } = reasons[reason];
      const status = always200 && !isUnkept(reason) ? 200 : httpStatus;
      return [String(status), code(result), code(reason), advice[reason]];
    });
  const literal = integration.reply?.literal;
  return section(
    'Our answers',
    literal === undefined
      ? `JSON: ${code('{"result","reason","message","requestId","conversion"?,"warnings":[]}')}. ${code('message')} says what to do next; ${code('warnings')} name what was understood and had better be changed.`
      : `A postback that was taken is answered as your system expects it, as plain text, with the reason in the header ${code('x-postback-reason')}:\n\n` +
          `${block('text', literal)}\n\nA refused one, and a dry run, is answered in JSON: ${code('{"result","reason","message","requestId","warnings":[]}')}.`,
    bullets([
      always200
        ? 'Every postback that reached a verdict is answered with 200, refused ones too: read the answer, not its status.'
        : 'An HTTP status of 200 or 202 is a promise: stored, or durably queued. On 4xx correct the postback before you send it again.',
      'On 429 and 503, and where no answer comes, nothing may have been kept: send the same again. A repetition is never counted twice.',
      `Every answer names its ${code('requestId')}, in the header ${code('x-request-id')} too. Tell us this ID when you ask.`,
    ]),
    markdownTable(['HTTP', 'Result', 'Reason', 'What to do'], rows),
  );
}

function isUnkept(reason: Reason): boolean {
  return reason === 'SYSTEM_ERROR' || reason === 'RATE_LIMITED';
}

function isReason(reason: string): reason is Reason {
  return Object.hasOwn(reasons, reason);
}

/** Omits the reasons of checks that this integration does not enforce. */
function canHappen(reason: Reason, { auth, strictEvents }: Integration): boolean {
  switch (reason) {
    case 'AUTH_MISSING':
    case 'AUTH_INVALID':
      return auth.token === 'required' || auth.hmac === 'required';
    case 'AUTH_STALE':
      return auth.hmac === 'required';
    case 'IP_NOT_ALLOWED':
      return auth.ip === 'required';
    case 'EVENT_UNKNOWN':
      return strictEvents === true;
    default:
      return true;
  }
}
