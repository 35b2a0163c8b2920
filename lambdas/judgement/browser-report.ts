import type { Claim } from '../domain/request/claim';
import { message } from '../domain/verdict/messages';
import { rejected, type Step } from './step';
import type { JudgedFacts } from './submission';

/**
 * Admits a report of a visitor's browser, where the campaign of the click accepts it from that page. Only the event and the transaction are
 * read of it, and the amount where the campaign allows it.
 */
export function admitReport(facts: JudgedFacts): Step {
  const { campaign, click, values, authenticated, warnings } = facts;
  const browser = campaign?.browser;
  const page = authenticated?.page;
  // Without its click it waits for it, or is rejected for want of it.
  if (browser === undefined && click !== undefined) {
    return rejected(facts, { reason: 'AUTH_MISSING', message: message.browserOff });
  }
  if (page !== undefined && browser?.origins?.includes(page) === false) {
    return rejected(facts, { reason: 'AUTH_INVALID', message: message.otherPage(page) });
  }
  const { event, transactionId, amount, currency } = values ?? {};
  return {
    ok: true,
    facts: {
      ...facts,
      values: {
        ...(event && { event }),
        ...(transactionId && { transactionId }),
        ...(browser?.browserAmount === true && { ...(amount && { amount }), ...(currency && { currency }) }),
      },
      warnings: [...warnings, { code: 'BROWSER_REPORTED', message: message.browserReported }],
    },
  };
}

/** Turns what was read into what a browser may claim: pending, as of its receipt. It cannot take a sale back. */
export function readBrowserClaim(facts: JudgedFacts, before: JudgedFacts, receivedAt: number): Step {
  const { reading } = facts;
  if (reading === undefined || reading.ignored === true) return { ok: true, facts };
  if (reading.claim.reversal !== undefined || reading.claim.status !== undefined) {
    return rejected(facts, { reason: 'STATUS_UNKNOWN', message: message.browserReversal });
  }
  const { amount, currency, fallback } = reading.claim;
  const claim: Omit<Claim, 'requestId' | 'receivedAt' | 'statement' | 'retryHours'> = {
    eventTime: receivedAt,
    timeGiven: false,
    ...(amount && { amount }),
    ...(currency && { currency }),
    fallback: { ...fallback, status: 'pending' },
    mode: 'ignore',
    browser: true,
  };
  // Oddities of the fields concern the page, and are not worth a replay.
  return { ok: true, facts: { ...facts, reading: { ...reading, claim, warnings: [] }, warnings: before.warnings } };
}
