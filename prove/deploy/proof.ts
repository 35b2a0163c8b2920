import type { Account } from './account/account';
import type { Cdk } from './cdk';
import type { Checks } from './checks';

/** What every step works with. */
export interface Proof {
  readonly account: Account;
  readonly cdk: Cdk;
  readonly checks: Checks;
  readonly say: (line: string) => void;
}

/** What the traffic left, for the steps after it to find again. */
export interface Sent {
  readonly clickIds: readonly string[];
  /** Conversions that must be there: click ID and transaction. */
  readonly conversions: readonly string[];
}
