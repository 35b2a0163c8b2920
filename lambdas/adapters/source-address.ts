import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { edgeHeader, throughEdge } from '../contract';

/** The result of the edge's gate for a request; API Gateway writes it, and no sender can. */
interface Gated {
  readonly authorizer?: { readonly lambda?: Readonly<Record<string, unknown>> | null };
}

/**
 * The address of the visitor or sender: the one that the platform saw, or, where the gate says that the request came through the
 * distribution, the one that the distribution saw.
 */
export function sourceAddressOf(event: APIGatewayProxyEventV2): string {
  const viewer = event.headers[edgeHeader.viewerAddress] ?? '';
  return isThroughEdge(event) && isIP(viewer) !== 0 ? viewer : event.requestContext.http.sourceIp;
}

/**
 * The country of the visitor, ISO 3166-1 alpha-2, as the distribution saw it; `undefined` where the request did not come through it:
 * anybody can write that header to the API itself.
 */
export function viewerCountryOf(event: APIGatewayProxyEventV2): string | undefined {
  const country = event.headers[edgeHeader.viewerCountry] ?? '';
  return isThroughEdge(event) && /^[A-Z]{2}$/.test(country) && !unknownCountries.includes(country)
    ? country
    : undefined;
}

/** The value of an unknown country. */
const unknownCountries: readonly string[] = ['XX', 'ZZ'];

function isThroughEdge(event: APIGatewayProxyEventV2): boolean {
  const { authorizer }: Gated & APIGatewayProxyEventV2['requestContext'] = event.requestContext;
  return authorizer?.lambda?.[throughEdge.name] === throughEdge.value;
}
