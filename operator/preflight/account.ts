/** The quota of requests a second that API Gateway takes for all APIs of an account and region. */
export const throttleQuotaCode = 'L-8A5B8E43';

/** Facts about an AWS account and region before a deployment. */
export interface AccountPicture {
  readonly account: string;
  readonly region: string;
  /** Of the CDK's bootstrap stack; `undefined` where the region was not bootstrapped. */
  readonly bootstrapVersion: number | undefined;
  /** The status of the stage's own stack, such as `UPDATE_COMPLETE`; `undefined` before the first deployment. */
  readonly stackStatus: string | undefined;
  /** Concurrent executions of all functions of the account: the limit, and what no function has reserved. */
  readonly concurrency: { readonly limit: number; readonly unreserved: number };
  /** Concurrent executions that the functions of the deployed stack reserve already. */
  readonly reservedByStack: number;
  /** Resource policies of CloudWatch Logs in the region, by their size in characters. */
  readonly logPolicies: readonly { readonly name: string; readonly characters: number }[];
  /** Requests a second that API Gateway takes for all APIs of account and region; `undefined` where it could not be asked. */
  readonly throttleQuota: number | undefined;
  /** Of the topic of pages of the deployed stack; `undefined` before the first deployment. */
  readonly pageSubscriptions: PageSubscriptions | undefined;
}

export interface PageSubscriptions {
  readonly confirmed: number;
  /** Addresses that were asked to confirm and did not. */
  readonly unconfirmed: readonly string[];
}
