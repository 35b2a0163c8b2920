import { type Fault, remove, set, without } from './fault';

const route = { type: 'AWS::ApiGatewayV2::Route', named: 'IngestApiGETccampaign' };
const adminRoute = { type: 'AWS::ApiGatewayV2::Route', named: 'IngestApiANYadmin' };
const integration = { type: 'AWS::ApiGatewayV2::Integration' };
const stage = { type: 'AWS::ApiGatewayV2::Stage' };
const permission = { type: 'AWS::Lambda::Permission', named: 'IngestApi' };

export const apiFaults: readonly Fault[] = [
  {
    title: 'a route key without a slash',
    in: route,
    change: set('Properties.RouteKey', 'GET c/{campaign}'),
    caughtBy: ['own rules', 'route-key'],
  },
  {
    title: 'a route key of a method that there is not',
    in: route,
    change: set('Properties.RouteKey', 'GETS /c/{campaign}'),
    caughtBy: ['own rules', 'route-key'],
  },
  {
    title: 'a greedy variable in the middle of a path',
    in: route,
    change: set('Properties.RouteKey', 'GET /c/{campaign+}/more'),
    caughtBy: ['own rules', 'route-key'],
  },
  {
    title: 'the admin API open to anybody',
    in: adminRoute,
    change: set('Properties.AuthorizationType', 'NONE'),
    caughtBy: ['own rules', 'admin-route-authorization'],
  },
  {
    title: 'a route that leads nowhere',
    in: route,
    change: set('Properties.Target', 'integrations/none'),
    caughtBy: ['own rules', 'route-target'],
  },
  {
    title: 'an integration timeout of 60 s',
    in: integration,
    change: set('Properties.TimeoutInMillis', 60_000),
    caughtBy: ['own rules', 'integration-timeout'],
  },
  {
    title: 'an integration that gives up before its function',
    in: integration,
    change: set('Properties.TimeoutInMillis', 1000),
    caughtBy: ['own rules', 'integration-timeout'],
  },
  {
    title: 'payload format 3.0',
    in: integration,
    change: set('Properties.PayloadFormatVersion', '3.0'),
    caughtBy: ['own rules', 'payload-format'],
  },
  {
    title: 'payload format 1.0',
    in: integration,
    change: set('Properties.PayloadFormatVersion', '1.0'),
    caughtBy: ['own rules', 'payload-format'],
  },
  {
    title: 'no throttle of the stage',
    in: stage,
    change: without('Properties.DefaultRouteSettings'),
    caughtBy: ['own rules', 'throttle'],
  },
  {
    title: 'no throttle of one route',
    in: stage,
    change: without('Properties.RouteSettings.POST /postback'),
    caughtBy: ['own rules', 'throttle'],
  },
  {
    title: 'no access log',
    in: stage,
    change: without('Properties.AccessLogSettings'),
    caughtBy: ['cdk-nag', 'AwsSolutions-APIG1'],
  },
  {
    title: 'addresses of visitors in the access log',
    in: stage,
    change: set('Properties.AccessLogSettings.Format', '{"ip":"$context.identity.sourceIp"}'),
    caughtBy: ['own rules', 'access-log-privacy'],
  },
  {
    title: 'no permission for API Gateway to invoke a function',
    in: permission,
    change: remove,
    names: 'IngestApi',
    caughtBy: ['local stack', 'answers 500'],
  },
  {
    title: 'a permission for the function where its live alias is called',
    in: permission,
    change: set('Properties.FunctionName', { 'Fn::GetAtt': ['FunctionsClick22D3CE2F', 'Arn'] }),
    names: 'IngestApi',
    caughtBy: ['own rules', 'invoke-permission'],
  },
  {
    title: 'any API of any account may invoke a function',
    in: permission,
    change: without('Properties.SourceArn'),
    names: 'IngestApi',
    caughtBy: ['own rules', 'invoke-permission'],
  },
];
