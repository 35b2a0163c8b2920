import type { LedgerPostback } from '../ledger/ledger';

/** The one campaign and the one integration of a proof. */
export const campaignId = 'proof';
export const integrationId = 'proof';
export const proofCurrency = 'USD';

/** Nothing sent so far. */
export const newDriven = (): Driven => ({ postbacks: [], clickIds: [], clicksWithout: 0, requests: 0 });

/** The progress of a load. */
export interface Driven {
  readonly postbacks: LedgerPostback[];
  readonly clickIds: string[];
  /** Visitors who were sent on without a click ID, or not at all. */
  clicksWithout: number;
  /** HTTP requests of senders, retries included. */
  requests: number;
}
