import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The origin of the page that a browser asks from, as far as it says. A filter and no proof: anybody may write these headers. */
export function reportingPage(headers: APIGatewayProxyEventV2['headers']): string | undefined {
  return originOf(headers['origin']) ?? originOf(headers['referer']);
}

function originOf(address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address).origin;
}
