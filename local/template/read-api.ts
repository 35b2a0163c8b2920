import { arn } from '../account';
import { StartupFailure } from '../failure';
import { numberOr, stringOrUndefined, textOf } from '../json';
import type { ApiModel, FunctionModel, RouteModel } from './model';
import { isPermitted } from './permissions';
import { functionOfArn } from './read-functions';
import type { ServedResource, ServedResources } from './resources';

/** Maximum and default timeout of an HTTP API's integration. */
const integrationTimeoutMilliseconds = 30_000;

/** The HTTP API with its routes, or `undefined` where the template has none. */
export function readApi(resources: ServedResources, functions: readonly FunctionModel[]): ApiModel | undefined {
  const [api, second] = resources.ofType('AWS::ApiGatewayV2::Api');
  if (api === undefined) return undefined;
  if (second !== undefined) {
    throw new StartupFailure(
      `The template has two HTTP APIs (${api.logicalId}, ${second.logicalId}); one is served here.`,
    );
  }
  if (api.properties['ProtocolType'] !== 'HTTP') {
    throw new StartupFailure(
      `The API ${api.logicalId} speaks ${textOf(api.properties['ProtocolType'])}; only HTTP is served here.`,
    );
  }
  for (const unsupported of ['Body', 'CorsConfiguration']) {
    if (api.properties[unsupported] !== undefined) {
      throw new StartupFailure(`The API ${api.logicalId} has ${unsupported}, which the local stack does not do.`);
    }
  }
  const [stage] = resources.ofType('AWS::ApiGatewayV2::Stage');
  if (stage === undefined) throw new StartupFailure(`The API ${api.logicalId} has no stage, so nothing would answer.`);
  // A stage's throttling is not enforced: the load of one machine has no meaning for it.
  const routes = resources
    .ofType('AWS::ApiGatewayV2::Route')
    .map((route) => readRoute(route, { apiId: api.name, stageName: stage.name, resources, functions }));
  return { apiId: api.name, stageName: stage.name, routes };
}

interface ApiContext {
  readonly apiId: string;
  readonly stageName: string;
  readonly resources: ServedResources;
  readonly functions: readonly FunctionModel[];
}

function readRoute(route: ServedResource, context: ApiContext): RouteModel {
  const { logicalId, properties } = route;
  const routeKey = textOf(properties['RouteKey']);
  const [, method = 'ANY', path = '$default'] = /^([A-Z]+) (\/.*)$/.exec(routeKey) ?? [];
  if (path === '$default' && routeKey !== '$default') {
    throw new StartupFailure(
      `The route ${logicalId} has the key "${routeKey}"; it must be "METHOD /path" or "$default".`,
    );
  }
  const authorization = properties['AuthorizationType'] ?? 'NONE';
  if (authorization !== 'NONE' && authorization !== 'AWS_IAM') {
    throw new StartupFailure(
      `The route ${routeKey} is authorized by ${textOf(authorization)}, which is not served here.`,
    );
  }
  const integration = findIntegration(route, context.resources);
  const target = integration.properties['IntegrationUri'];
  const handledBy = functionOfArn(target, context.functions);
  if (handledBy === undefined) {
    throw new StartupFailure(
      `The integration of the route ${routeKey} calls ${textOf(target)}, which the template does not have.`,
    );
  }
  return {
    logicalId,
    routeKey,
    method,
    path,
    iamAuthorized: authorization === 'AWS_IAM',
    function: handledBy,
    timeoutMilliseconds: Math.min(
      numberOr(integration.properties['TimeoutInMillis'], integrationTimeoutMilliseconds),
      integrationTimeoutMilliseconds,
    ),
    permitted: isPermitted(
      {
        principal: 'apigateway.amazonaws.com',
        sourceArn: sourceArnOf(method, path, context),
        target: textOf(target),
      },
      context.resources,
      context.functions,
    ),
  };
}

function findIntegration(route: ServedResource, resources: ServedResources): ServedResource {
  const target = stringOrUndefined(route.properties['Target']) ?? '';
  const name = target.replace(/^integrations\//, '');
  const integration = resources.ofType('AWS::ApiGatewayV2::Integration').find((candidate) => candidate.name === name);
  const routeKey = textOf(route.properties['RouteKey']);
  if (integration === undefined) {
    throw new StartupFailure(
      `The route ${routeKey} has the target "${target}", an integration that the template does not have.`,
    );
  }
  const { IntegrationType: type, PayloadFormatVersion: version } = integration.properties;
  if (type !== 'AWS_PROXY' || version !== '2.0') {
    throw new StartupFailure(
      `The integration of the route ${routeKey} is ${textOf(type)} with payload format ${textOf(version)}; only AWS_PROXY with 2.0 is served here.`,
    );
  }
  return integration;
}

/**
 * Builds the source ARN that API Gateway presents: `{api}/{stage}/{method}{route path}`, with the path as the route writes it; the
 * default route has no method in it.
 */
function sourceArnOf(method: string, path: string, { apiId, stageName }: ApiContext): string {
  return arn('execute-api', `${apiId}/${stageName}/${path === '$default' ? path : `${method}${path}`}`);
}
