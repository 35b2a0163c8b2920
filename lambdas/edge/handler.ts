import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { edgeKey } from '../adapters/edge-key';
import { requireEnvironment } from '../adapters/environment';
import { throughEdge } from '../contract';

const key = edgeKey(requireEnvironment('edgeSecretArn'));

/**
 * Lets through what came through the distribution, which shows the key. Where no key can be had it throws, and API Gateway answers 500:
 * fail closed.
 */
export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, 'identitySource'>,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Record<string, string>>> {
  const [shown = ''] = event.identitySource;
  const isAuthorized = await key.matches(shown);
  return { isAuthorized, context: isAuthorized ? { [throughEdge.name]: throughEdge.value } : {} };
}
