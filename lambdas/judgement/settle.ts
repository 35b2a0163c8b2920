import type { Deadline } from '../adapters/deadline';
import type { SettlementRules } from '../adapters/conversions-table';
import type { Claim } from '../domain/request/claim';
import type { ConversionSubject } from '../domain/conversion/conversion';
import { isAboutRenewal, mayBeFurtherPayment } from '../domain/conversion/renewals';
import { mayMeanOther } from '../domain/conversion/status-alone';
import type { Settlement } from '../domain/conversion/settlement';
import { message, noteWarning } from '../domain/verdict/messages';
import { read, reject, type Read, type Rejection } from '../domain/values/rejection';
import type { Warning } from '../domain/values/reasons';
import { checkWindow } from '../domain/request/window';
import { giveUpMilliseconds } from '../domain/queue/backoff';
import type { Sources } from './identify';
import type { JudgedFacts, Submission } from './submission';

/** The result of a postback, before it is reported. */
export type Settled = { readonly facts: JudgedFacts } & (
  | { readonly outcome: 'rejected'; readonly rejection: Rejection }
  /** The click ID is genuine, and its row may still arrive. */
  | { readonly outcome: 'unmatched' }
  /** A word that is mapped to `ignore`: nothing is recorded. */
  | { readonly outcome: 'ignored' }
  | {
      readonly outcome: 'settled';
      readonly claim: Claim;
      readonly settlement: Extract<Settlement, { readonly outcome: 'settled' }>;
    }
);

/** A claim that is ready to be settled, and what is needed for it. */
export interface Settling {
  readonly facts: JudgedFacts;
  readonly subject: ConversionSubject;
  readonly claim: Claim;
  readonly rules: SettlementRules;
  /** The reason why the claim may not be the first of its key; absent where it may. */
  readonly rejectionOfFirst?: Rejection;
  /** Warnings for the sender where the claim is the first of its key. */
  readonly warningsOfFirst: readonly Warning[];
}

/** Finds the click and its campaign, unless identification did so already. */
export async function matchClick(
  facts: JudgedFacts,
  { request }: Submission,
  { clicks, configuration }: Sources,
  deadline: Deadline,
): Promise<JudgedFacts> {
  if (facts.clickId === undefined) return facts;
  const click = facts.erased
    ? 'erased'
    : (facts.click ?? (await clicks.find(facts.clickId, request.receivedAt, deadline)));
  if (click === 'erased') return { ...facts, erased: true };
  if (click === undefined) return facts;
  const campaign = await configuration.find('campaign', click.campaign, deadline);
  return {
    ...facts,
    click,
    campaignId: click.campaign,
    ...(campaign !== undefined && { campaign: campaign.document }),
    test: facts.test || click.test,
  };
}

/**
 * Prepares the last step. The first claim of a key needs the click, its window, and an integration that may speak about it; a change of a known
 * key needs its conversion alone.
 * @param otherKey whether the first sending of the claim may be recorded under another key
 */
export function prepare(facts: JudgedFacts, subject: ConversionSubject, claim: Claim, otherKey: boolean): Settling {
  const first = checkFirst(facts, claim);
  return {
    facts,
    subject,
    claim,
    rules: {
      mayCreate: first.ok,
      // A browser's report is about its own key alone. A missing click no longer shows whether a reversal waits for its sale.
      amongClick:
        claim.browser !== true &&
        (claim.reversal !== undefined ||
          facts.click === undefined ||
          facts.click.reversalWaiting === true ||
          isAboutRenewal(claim, subject) ||
          mayMeanOther(claim, subject) ||
          (!first.ok && mayBeFurtherPayment(claim)) ||
          otherKey),
    },
    warningsOfFirst: first.ok ? first.value : [],
    ...(!first.ok && { rejectionOfFirst: first.rejection }),
  };
}

function checkFirst({ click, campaign, integrationId = '' }: JudgedFacts, claim: Claim): Read<readonly Warning[]> {
  if (click === undefined) return reject('CLICK_NOT_FOUND', message.clickNotFound);
  const owners = [click.integration, campaign?.integration];
  if (!owners.includes(integrationId)) return reject('INTEGRATION_MISMATCH', message.mismatch(integrationId));
  // A reversal is in time whenever it comes, since its sale was.
  return claim.reversal === undefined ? checkWindow(claim, click, campaign) : read([]);
}

/** Reports what settling the claim came to. */
export function settledAs(settling: Settling, settlement: Settlement): Settled {
  const { facts, claim, rejectionOfFirst, warningsOfFirst } = settling;
  switch (settlement.outcome) {
    case 'other-integration':
      return rejectedAs(facts, 'INTEGRATION_MISMATCH', message.mismatch(facts.integrationId ?? ''));
    case 'not-known':
      if (mayStillArrive(facts, claim.receivedAt)) return { outcome: 'unmatched', facts };
      return {
        outcome: 'rejected',
        facts,
        rejection: rejectionOfFirst ?? { reason: 'CLICK_NOT_FOUND', message: message.clickNotFound },
      };
    case 'settled': {
      const isFirst = settlement.reason === 'OK';
      const warnings = [
        ...facts.warnings.filter(({ code }) => code !== 'AMOUNT_MISSING' || !settlement.conversion.amountNamed),
        ...(isFirst ? warningsOfFirst : []),
        ...settlement.notes.map((note) => noteWarning(note, settlement.conversion)),
      ];
      const { confirms } = settlement;
      return { outcome: 'settled', facts: { ...facts, warnings, ...(confirms && { confirms }) }, claim, settlement };
    }
  }
}

function rejectedAs(facts: JudgedFacts, reason: Rejection['reason'], text: string): Settled {
  return { outcome: 'rejected', facts, rejection: { reason, message: text } };
}

/** Whether a click that is not there could still be in the queue that keeps what the table did not take. */
export function mayStillArrive({ click, erased, mintedAt }: JudgedFacts, receivedAt: number): boolean {
  return click === undefined && erased !== true && mintedAt !== undefined && receivedAt - mintedAt < giveUpMilliseconds;
}
