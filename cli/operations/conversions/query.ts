import { usageFailure } from '../../../operator/failure';

/** Selects conversions: no index finds all of them. */
export function conversionQuery({
  campaign,
  integration,
  transaction,
  tests,
}: {
  readonly campaign?: string | undefined;
  readonly integration?: string | undefined;
  readonly transaction?: string | undefined;
  readonly tests?: true | undefined;
}) {
  if (campaign === undefined && integration === undefined && transaction === undefined) {
    throw usageFailure(
      'Name a campaign with --campaign, an integration with --integration, or an order with --transaction.',
    );
  }
  return { campaign, integration, transactionId: transaction, includeTests: tests === true ? 1 : undefined };
}
