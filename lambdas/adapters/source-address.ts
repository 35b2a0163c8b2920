import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { edgeHeader, throughEdge } from '../contract';

/** What the gate of the edge says of a request; API Gateway writes it, and no sender can. */
interface Gated {
  readonly authorizer?: { readonly lambda?: Readonly<Record<string, unknown>> | null };
}

/**
 * The address of the visitor or sender: the one that the platform saw, or, where the gate says that the request came through the
 * distribution, the one that the distribution saw.
 */
export function sourceAddressOf(event: APIGatewayProxyEventV2): string {
  const { http, authorizer }: Gated & APIGatewayProxyEventV2['requestContext'] = event.requestContext;
  const viewer = event.headers[edgeHeader.viewerAddress] ?? '';
  const isThroughEdge = authorizer?.lambda?.[throughEdge.name] === throughEdge.value;
  return isThroughEdge && isIP(viewer) !== 0 ? viewer : http.sourceIp;
}
