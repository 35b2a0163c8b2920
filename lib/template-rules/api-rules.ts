import { numberOr, objectOrEmpty, textOf } from '../../local/json';
import type { Rule } from './rule';
import type { Resource } from './template';

const methods = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const segment = /^(?:[\w.~-]+|\{\w+\})$/;
const greedySegment = /^\{\w+\+\}$/;

/** `GET /c/{campaign}`: a method, and a path whose last segment alone may be greedy. */
function isRouteKey(key: string): boolean {
  if (key === '$default') return true;
  const [, method = '', path = ''] = /^(\S+) (\/\S*)$/.exec(key) ?? [];
  const segments = path === '/' ? [] : path.slice(1).split('/');
  const isPath = segments.every(
    (one, at) => segment.test(one) || (at === segments.length - 1 && greedySegment.test(one)),
  );
  return methods.includes(method) && path.startsWith('/') && isPath;
}

const routeKeyOf = ({ properties }: Resource): string => textOf(properties['RouteKey']);
const isAdmin = (route: Resource): boolean => /^\S+ \/admin(\/|$)/.test(routeKeyOf(route));
const isPositive = (value: unknown): boolean => numberOr(value, 0) > 0;

/** The maximum timeout of an HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const longestWaitMilliseconds = 30_000;

export const apiRules: readonly Rule[] = [
  {
    name: 'route-key',
    demands: 'A route key is "METHOD /path" or "$default"; API Gateway rejects any other at deployment.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Route')
        .filter((route) => !isRouteKey(routeKeyOf(route)))
        .map((route) => ({ logicalId: route.logicalId, message: `"${routeKeyOf(route)}" is not a route key` })),
  },
  {
    name: 'admin-route-authorization',
    demands: 'Every route of the admin API requires an IAM signature.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Route')
        .filter((route) => isAdmin(route) && route.properties['AuthorizationType'] !== 'AWS_IAM')
        .map((route) => ({ logicalId: route.logicalId, message: `${routeKeyOf(route)} is open to anybody` })),
  },
  {
    name: 'route-target',
    demands: 'Every route leads to an integration of this template.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Route')
        .filter(
          ({ properties }) => template.referredTo(properties['Target'], 'AWS::ApiGatewayV2::Integration').length === 0,
        )
        .map((route) => ({ logicalId: route.logicalId, message: `${routeKeyOf(route)} has no integration` })),
  },
  {
    name: 'integration-timeout',
    demands: 'An integration waits longer than its function may run, and no longer than API Gateway can: 30 seconds.',
    offences: ({ template }) =>
      template.ofType('AWS::ApiGatewayV2::Integration').flatMap(({ logicalId, properties }) => {
        const wait = numberOr(properties['TimeoutInMillis'], longestWaitMilliseconds);
        const handler = template.functionIn(properties['IntegrationUri']);
        const run = numberOr(handler?.properties['Timeout'], 3) * 1000;
        if (wait > longestWaitMilliseconds) return [{ logicalId, message: `waits ${wait} ms` }];
        // A function with the maximum timeout leaves its integration no more time.
        if (wait < run || run >= longestWaitMilliseconds) {
          return [{ logicalId, message: `waits ${wait} ms for a function that may run ${run} ms` }];
        }
        return [];
      }),
  },
  {
    name: 'payload-format',
    demands: 'Functions are written for payload format 2.0.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Integration')
        .filter(({ properties }) => properties['PayloadFormatVersion'] !== '2.0')
        .map(({ logicalId, properties }) => ({
          logicalId,
          message: `has payload format ${textOf(properties['PayloadFormatVersion'])}`,
        })),
  },
  {
    name: 'throttle',
    demands: 'The stage of the API throttles, and so does each of its routes: a route without settings has no limit.',
    offences: ({ template }) =>
      template.ofType('AWS::ApiGatewayV2::Stage').flatMap(({ logicalId, properties }) => {
        const isThrottled = (settings: unknown): boolean => {
          const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = objectOrEmpty(settings);
          return isPositive(rate) && isPositive(burst);
        };
        const perRoute = objectOrEmpty(properties['RouteSettings']);
        const unlimited = template
          .ofType('AWS::ApiGatewayV2::Route')
          .map(routeKeyOf)
          .filter((key) => !isThrottled(perRoute[key]));
        return [
          ...(isThrottled(properties['DefaultRouteSettings']) ? [] : ['the stage has no limit']),
          ...unlimited.map((key) => `${key} has no limit`),
        ].map((message) => ({ logicalId, message }));
      }),
  },
  {
    name: 'access-log-privacy',
    demands:
      'The access log identifies no visitor or sender, and omits the query string, which has tokens and click IDs.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Stage')
        .filter(({ properties }) =>
          /\$context\.(identity(?!\.userArn\b)|protocolUri|requestUri|queryString)|querystring/i.test(
            textOf(objectOrEmpty(properties['AccessLogSettings'])['Format']),
          ),
        )
        .map(({ logicalId }) => ({ logicalId, message: 'logs the caller or the query string' })),
  },
];
