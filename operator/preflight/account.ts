/** The name of API Gateway's quota of requests per second for all APIs of an account and region. */
export const throttleQuotaCode = 'L-8A5B8E43';

/** Facts about an AWS account and region before a deployment. */
export interface AccountPicture {
  readonly account: string;
  readonly region: string;
  /** Version of the CDK's bootstrap stack; `undefined` if the region is not bootstrapped. */
  readonly bootstrapVersion: number | undefined;
  /** The status of the stage's own stack, such as `UPDATE_COMPLETE`; `undefined` before the first deployment. */
  readonly stackStatus: string | undefined;
  /** Concurrent executions of the account: the limit, and the unreserved part. */
  readonly concurrency: { readonly limit: number; readonly unreserved: number };
  /** Concurrent executions that the deployed stack reserves already. */
  readonly reservedByStack: number;
  /** Resource policies of CloudWatch Logs in the region, by their size in characters. */
  readonly logPolicies: readonly { readonly name: string; readonly characters: number }[];
  /** Requests per second of all APIs of account and region; `undefined` if the quota could not be read. */
  readonly throttleQuota: number | undefined;
  /** Subscriptions of the deployed stack's topic for pages; `undefined` before the first deployment. */
  readonly pageSubscriptions: PageSubscriptions | undefined;
}

export interface PageSubscriptions {
  readonly confirmed: number;
  /** Addresses with an unconfirmed subscription. */
  readonly unconfirmed: readonly string[];
}
