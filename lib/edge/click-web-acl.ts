import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

const defaultClicksPerAddress = 2000;

/** Matches `/c/` and `/C/` after decoding the path, as API Gateway does before it chooses the route. */
const isClick: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: '/c/',
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'LOWERCASE' },
    ],
  },
};

/** Sampled requests would show tokens and addresses to anyone who opens the console. */
const counted = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

/**
 * Blocks floods and known bad addresses, for clicks alone: many postbacks come from the few addresses of a network, and a blocked one is
 * lost money.
 */
export class ClickWebAcl extends CfnWebACL {
  constructor(scope: Construct, id: string, clicksPerAddress = defaultClicksPerAddress) {
    super(scope, id, {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: counted('requests'),
      rules: [
        {
          name: 'clicks-per-address',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          visibilityConfig: counted('clicks-per-address'),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              evaluationWindowSec: 300,
              limit: clicksPerAddress,
              scopeDownStatement: isClick,
            },
          },
        },
        {
          name: 'known-bad-addresses',
          priority: 1,
          overrideAction: { none: {} },
          visibilityConfig: counted('known-bad-addresses'),
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name: 'AWSManagedRulesAmazonIpReputationList',
              scopeDownStatement: isClick,
            },
          },
        },
      ],
    });
  }
}
