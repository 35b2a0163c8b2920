import { usageFailure } from '../../failure';

/** Which conversions are meant: there is no index that would find all of them. */
export function conversionQuery({
  campaign,
  integration,
  tests,
}: {
  readonly campaign?: string | undefined;
  readonly integration?: string | undefined;
  readonly tests?: true | undefined;
}) {
  if (campaign === undefined && integration === undefined) {
    throw usageFailure('Name a campaign with --campaign, or an integration with --integration.');
  }
  return { campaign, integration, includeTests: tests === true ? 1 : undefined };
}
