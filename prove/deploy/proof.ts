import type { Account } from './account/account';
import type { Cdk } from './cdk';
import type { Checks } from './checks';

/** The tools of every step. */
export interface Proof {
  readonly account: Account;
  readonly cdk: Cdk;
  readonly checks: Checks;
  readonly say: (line: string) => void;
}

/** The rows that the traffic left, for later steps to find. */
export interface Sent {
  readonly clickIds: readonly string[];
  /** Conversions that must be there: click ID and transaction. */
  readonly conversions: readonly string[];
}
