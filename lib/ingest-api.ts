import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnRoute,
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routes } from '../lambdas/contract';
import type { DataPolicy } from './data-policy';
import { functions as functionEntries } from './functions';
import type { StageSettings } from './stage-settings';

type RoutedFunction = keyof typeof routes;

/** Routes that share throttling limits. */
type ThrottledGroup = 'click' | 'postback' | 'batch' | 'admin';

/** One request of a batch is up to 1,000 postbacks. */
const batchRoute = 'POST /postbacks/{integration}';

/** Props of `IngestApi`. */
export interface IngestApiProps {
  readonly stageName: string;
  readonly data: DataPolicy;
  readonly throttle: StageSettings['throttle'];
  /** Whether each route has separate metrics. */
  readonly routeMetrics: boolean;
  /** Whether the API also answers at its `execute-api` address. */
  readonly executeApi: boolean;
  /** The address in links and postback URLs. @default the API's */
  readonly publicUrl?: string | undefined;
  /** The function behind each group of routes. */
  readonly functions: Readonly<Record<RoutedFunction, IFunction>>;
  /** The authorizer of clicks and postbacks. @default none */
  readonly gate?: IHttpRouteAuthorizer | undefined;
}

/**
 * The logged fields: never the query string, which carries tokens, signatures and click IDs, nor address or user agent of a visitor.
 * `caller` is a member of the team. A byte costs half a dollar per thousand million requests.
 */
export const accessLogFields = {
  // API Gateway requires it.
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  // `-` for clicks and postbacks.
  caller: '$context.identity.userArn',
} as const;

/**
 * Each logging API adds its log group to one resource policy of the account, limited to 5,120 characters; groups with this prefix share
 * one entry. The suffix is unique per stack, since the group of a deleted stack of the same name may remain.
 */
function accessLogName(scope: Construct): string {
  const { stackId, stackName } = Stack.of(scope);
  return `/aws/vendedlogs/${stackName}-access-${Fn.select(2, Fn.split('/', stackId))}`;
}

/** Maximum timeout in API Gateway; it waits a second longer than the function, and so receives the function's timeout. */
const integrationTimeout = (name: RoutedFunction): Duration =>
  Duration.seconds(Math.min(functionEntries[name].timeoutSeconds + 1, 29));

/** The public front: clicks and postbacks from anybody, administration from signed callers. */
export class IngestApi extends Construct {
  readonly api: HttpApi;
  /** `$default`: paths have no stage prefix. */
  readonly apiStage: HttpStage;
  /** One line for each request, with the fields above. */
  readonly accessLog: LogGroup;

  /** The address in links and postback URLs, without a slash at the end. */
  readonly baseUrl: string;
  /** Address of the admin API, never behind an edge: its host would differ from the one that callers sign. */
  readonly adminBaseUrl: string;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const { data, throttle, routeMetrics, functions, gate } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: `postback-tracker-${props.stageName}`,
      description: 'Clicks, postbacks and administration of the postback tracker.',
      createDefaultStage: false,
      ...(!props.executeApi && { disableExecuteApiEndpoint: true }),
    });
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogName(this),
      ...data.logGroup,
    });
    this.apiStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      detailedMetricsEnabled: routeMetrics,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    const added = [
      ...this.addPublicRoutes('click', functions.click, gate, 'Everybody may click: a click is a link on the web.'),
      ...this.addPublicRoutes(
        'visitor',
        functions.visitor,
        gate,
        'Everybody may report from a browser: the function trusts only a genuine click ID.',
      ),
      ...this.addPublicRoutes(
        'postback',
        functions.postback,
        gate,
        'Senders cannot sign for AWS: the function checks the token, signature and address that each integration requires.',
      ),
      ...this.addRoutes('admin', functions.admin, new HttpIamAuthorizer()),
    ];
    this.throttleRoutes(props, added);
    this.baseUrl = props.publicUrl ?? this.api.apiEndpoint;
    this.adminBaseUrl = gate ? this.api.apiEndpoint : this.baseUrl;
  }

  private addPublicRoutes(
    name: RoutedFunction,
    handler: IFunction,
    gate: IHttpRouteAuthorizer | undefined,
    reason: string,
  ): HttpRoute[] {
    const added = this.addRoutes(name, handler, gate);
    if (gate) return added;
    for (const route of added) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    return added;
  }

  /**
   * Gives every route separate limits, so that a flood of one group leaves the others their share. A route's settings replace the stage's
   * defaults completely; and API Gateway rejects settings of a route that does not exist yet.
   */
  private throttleRoutes({ throttle, routeMetrics }: IngestApiProps, added: readonly HttpRoute[]): void {
    const stage = this.apiStage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('the stage of the API has no CfnStage');
    const settingsOf = (group: ThrottledGroup) => ({
      ThrottlingRateLimit: throttle[group]?.rate ?? throttle.rate,
      ThrottlingBurstLimit: throttle[group]?.burst ?? throttle.burst,
      DetailedMetricsEnabled: routeMetrics,
    });
    stage.routeSettings = Object.fromEntries(
      (['click', 'visitor', 'postback', 'admin'] as const).flatMap((name) =>
        routes[name].map((route) => [route, settingsOf(groupOf(name, route))]),
      ),
    );
    for (const { node } of added) {
      if (node.defaultChild instanceof CfnRoute) stage.addResourceDependency(node.defaultChild);
    }
  }

  private addRoutes(name: RoutedFunction, handler: IFunction, authorizer?: IHttpRouteAuthorizer): HttpRoute[] {
    const integration = new HttpLambdaIntegration(`${name}Integration`, handler, {
      timeout: integrationTimeout(name),
      // One permission for the function instead of one for each route: Lambda limits a policy to 20 kB.
      scopePermissionToRoute: false,
    });
    return routes[name].flatMap((route: string) => {
      if (route === HttpRouteKey.DEFAULT.key) return [this.addDefaultRoute(handler, integration, authorizer)];
      const [method, path] = route.split(' ');
      if (!isHttpMethod(method) || path === undefined) throw new Error(`Route "${route}" is not "METHOD /path".`);
      return this.api.addRoutes({ path, methods: [method], integration, ...(authorizer && { authorizer }) });
    });
  }

  /** The default route. API Gateway names it by two parts, where the permission for all routes requires three. */
  private addDefaultRoute(
    handler: IFunction,
    integration: HttpLambdaIntegration,
    authorizer: IHttpRouteAuthorizer | undefined,
  ): HttpRoute {
    handler.addPermission('InvokeByDefaultRoute', {
      scope: this,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: `*/${HttpRouteKey.DEFAULT.key}`,
      }),
    });
    return new HttpRoute(this.api, 'DefaultRoute', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration,
      ...(authorizer && { authorizer }),
    });
  }
}

/** Browsers report from the same pages as clicks. */
function groupOf(name: RoutedFunction, route: string): ThrottledGroup {
  if (route === batchRoute) return 'batch';
  return name === 'visitor' ? 'click' : name;
}

const isHttpMethod = (method: string | undefined): method is HttpMethod =>
  Object.values<string | undefined>(HttpMethod).includes(method);
