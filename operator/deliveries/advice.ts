import type { DeliveryReason } from '../../lambdas/domain/outbound/delivery';

const again = 'The source did not take it now. Deliveries are tried again for three days.';
const rejected = 'Its answer says why. Many sources reject a click ID that is not from one of their ads.';
const unmapped = 'The request has no word for it: add one to the macro that the detail names.';
const notAsked = 'The postback does not ask for it: change its document if it should.';

const advice: Readonly<Partial<Record<DeliveryReason, string>>> = {
  SECRET_MISSING: 'Set the secret that the detail names, then send it again.',
  TEMPLATE_UNKNOWN: 'This release has no such template: name another one in the document, or write a URL.',
  POSTBACK_GONE: 'The source no longer has this postback: nothing is sent.',
  SOURCE_SUSPENDED: 'The source rejected too many. Correct its postback: the next trial ends the suspension.',
  TEST_CONVERSION: 'Tests are not reported. Set sendTests of the postback to report them.',
  STATUS_FILTERED: notAsked,
  EVENT_FILTERED: notAsked,
  REVERSAL_WITHOUT_SALE: 'The source never learned of the sale: nothing is to be taken back there.',
  MACRO_EMPTY: 'The click has no value for this macro: add the token of the source to the link of its ads.',
  NEWER_CHANGE: 'A newer change of the conversion was reported instead: nothing is missing.',
  CURRENCY_UNSUPPORTED: 'The source takes another currency: set currency of the postback to that of your account.',
  STATUS_UNMAPPED: unmapped,
  EVENT_UNMAPPED: unmapped,
  EXPIRED: 'It is too old for this source, and is not sent any more.',
  CONSENT_MISSING: 'Only clicks with ad_user_data=granted are reported: add that to links of visitors who agreed.',
  REQUEST_INVALID: 'The request cannot be sent as it is filled in: correct its URL, headers or body.',
  REFUSED_IN_BODY: rejected,
  REFUSED: rejected,
  REDIRECTED: 'The source answered with another address: write that one into the URL.',
  RATE_LIMITED: again,
  SERVER_ERROR: again,
  TIMED_OUT: again,
  OUTCOME_UNKNOWN: again,
  CONNECTION_FAILED: again,
  SOURCE_UNREACHABLE: again,
  NAME_NOT_FOUND:
    'No such host was found: compare the URL with that of the source. A local tracker also needs internet access.',
  TLS_FAILED: 'The certificate of the source is not valid: compare the host with the URL that the source shows you.',
  ADDRESS_REJECTED:
    'The tracker calls public HTTPS addresses only. The local stack allows others by --allow-destination.',
};

const byReason = new Map(Object.entries(advice));

/** Advises a person about an undelivered delivery; returns nothing for a delivered one or an unknown reason. */
export const deliveryAdvice = (reason: string | undefined): string | undefined => byReason.get(reason ?? '');
