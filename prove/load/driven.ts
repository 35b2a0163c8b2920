import type { SentPostback } from '../ledger/ledger';

/** The one campaign and the one integration of a proof. */
export const campaignId = 'proof';
export const integrationId = 'proof';

/** What a load has come to so far. */
export interface Driven {
  readonly postbacks: SentPostback[];
  readonly clickIds: string[];
  /** Visitors who were sent on without a click ID, or not at all. */
  clicksWithout: number;
  /** HTTP requests of senders, retries included. */
  requests: number;
}
