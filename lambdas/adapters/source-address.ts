import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { edgeHeader, throughEdge } from '../contract';

/** The result of the edge's gate for a request; API Gateway sets it, and no sender can. */
interface Gated {
  readonly authorizer?: { readonly lambda?: Readonly<Record<string, unknown>> | null };
}

/**
 * Returns the address of the visitor or sender: as API Gateway saw it or, for a request through the distribution, as the distribution saw
 * it.
 */
export function sourceAddressOf(event: APIGatewayProxyEventV2): string {
  const viewer = event.headers[edgeHeader.viewerAddress] ?? '';
  return isThroughEdge(event) && isIP(viewer) !== 0 ? viewer : event.requestContext.http.sourceIp;
}

/**
 * Returns the visitor's country, ISO 3166-1 alpha-2, from the distribution; `undefined` for requests that bypass it, since anybody can
 * send that header to the API.
 */
export function viewerCountryOf(event: APIGatewayProxyEventV2): string | undefined {
  const country = event.headers[edgeHeader.viewerCountry] ?? '';
  return isThroughEdge(event) && /^[A-Z]{2}$/.test(country) && !unknownCountries.includes(country)
    ? country
    : undefined;
}

/** CloudFront's value for an unknown country. */
const unknownCountries: readonly string[] = ['XX', 'ZZ'];

function isThroughEdge(event: APIGatewayProxyEventV2): boolean {
  const { authorizer }: Gated & APIGatewayProxyEventV2['requestContext'] = event.requestContext;
  return authorizer?.lambda?.[throughEdge.name] === throughEdge.value;
}
