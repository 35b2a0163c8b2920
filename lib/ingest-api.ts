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
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionTimeoutSeconds, routes } from '../lambdas/contract';
import { removalPolicyOf } from './removal-policy';
import type { StageConfiguration } from './stage-configuration';
import { publicUrlOf } from './stage/address-settings';

type RoutedFunction = keyof typeof routes;

/** Routes that are throttled alike. */
type ThrottledGroup = 'click' | 'postback' | 'batch' | 'admin';

/** One request of a batch is up to 1,000 postbacks. */
const batchRoute = 'POST /postbacks/{integration}';

/** What `IngestApi` needs. */
export interface IngestApiProps {
  readonly stage: StageConfiguration;
  /** The function behind each group of routes. */
  readonly functions: Readonly<Record<RoutedFunction, IFunction>>;
  /** What clicks and postbacks must pass first. @default nothing */
  readonly gate?: IHttpRouteAuthorizer | undefined;
  /** Encrypts the access log. @default CloudWatch's own */
  readonly key?: IKey | undefined;
}

/**
 * What is logged of each request. Never the query string, which carries tokens, signatures and click IDs, and nothing
 * that tells a visitor from another: no address, no user agent. Of a signed request it names the principal, which is a member of
 * the team. Each byte of it costs half a dollar per thousand million requests.
 */
export const accessLogFields = {
  // API Gateway insists on it.
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
 * Each API that logs adds its log group to one resource policy of the account, which may have 5,120 characters; what is named so
 * shares one entry. The end is the stack's own, since the group of a stack of the same name may have been kept.
 */
function accessLogName(scope: Construct): string {
  const { stackId, stackName } = Stack.of(scope);
  return `/aws/vendedlogs/${stackName}-access-${Fn.select(2, Fn.split('/', stackId))}`;
}

/** API Gateway takes no more than this; it waits a second longer than the function so that it hears of a timeout. */
const integrationTimeout = (name: RoutedFunction): Duration =>
  Duration.seconds(Math.min(functionTimeoutSeconds[name] + 1, 29));

/** The public front: clicks and postbacks from anybody, administration from signed callers. */
export class IngestApi extends Construct {
  readonly api: HttpApi;
  /** `$default`: paths have no stage prefix. */
  readonly apiStage: HttpStage;
  /** One line for each request, with the fields above. */
  readonly accessLog: LogGroup;

  private readonly stage: StageConfiguration;

  constructor(scope: Construct, id: string, { stage, functions, gate, key }: IngestApiProps) {
    super(scope, id);
    this.stage = stage;
    this.api = new HttpApi(this, 'Api', {
      apiName: `postback-tracker-${stage.name}`,
      description: 'Clicks, postbacks and administration of the postback tracker.',
      createDefaultStage: false,
      ...(!stage.executeApi && { disableExecuteApiEndpoint: true }),
    });
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogName(this),
      retention: stage.logRetentionDays,
      removalPolicy: removalPolicyOf(stage),
      ...(key && { encryptionKey: key }),
    });
    this.apiStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      detailedMetricsEnabled: stage.routeMetrics,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    const added = [
      ...this.addPublicRoutes('click', functions.click, gate, 'The visitor is anybody: a click is a link on the web.'),
      ...this.addPublicRoutes(
        'visitor',
        functions.visitor,
        gate,
        'The visitor is anybody: of what a browser reports only a genuine click ID is believed.',
      ),
      ...this.addPublicRoutes(
        'postback',
        functions.postback,
        gate,
        'Senders cannot sign as AWS wants: the function checks the token, signature and address each integration asks for.',
      ),
      ...this.addRoutes('admin', functions.admin, new HttpIamAuthorizer()),
    ];
    this.throttleRoutes(stage, added);
  }

  /** The address that links and postback URLs carry, without a slash at the end. */
  get baseUrl(): string {
    return publicUrlOf(this.stage) ?? this.api.apiEndpoint;
  }

  /** Where the admin API answers. An edge would take the place of the host that its callers sign for: it stays in front of the others. */
  get adminBaseUrl(): string {
    return this.stage.edge ? this.api.apiEndpoint : this.baseUrl;
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
   * Gives every route its own limits, so that a flood of one group leaves the others their share. What a route says replaces the
   * default of the stage as a whole, so that it says everything; and API Gateway refuses settings of a route that is not there yet.
   */
  private throttleRoutes({ throttle, routeMetrics }: StageConfiguration, added: readonly HttpRoute[]): void {
    const stage = this.apiStage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('the stage of the API has no resource of its own');
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
      // One permission for the function and not one for each route: Lambda holds 20 kB of them.
      scopePermissionToRoute: false,
    });
    return routes[name].flatMap((route: string) => {
      if (route === HttpRouteKey.DEFAULT.key) return [this.addDefaultRoute(handler, integration, authorizer)];
      const [method, path] = route.split(' ');
      if (!isHttpMethod(method) || path === undefined) throw new Error(`Route "${route}" is not "METHOD /path".`);
      return this.api.addRoutes({ path, methods: [method], integration, ...(authorizer && { authorizer }) });
    });
  }

  /** What no other route takes. API Gateway names it by two parts, where the permission for all routes asks for three. */
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

/** Visitors who report come as clicks do. */
function groupOf(name: RoutedFunction, route: string): ThrottledGroup {
  if (route === batchRoute) return 'batch';
  return name === 'visitor' ? 'click' : name;
}

const isHttpMethod = (method: string | undefined): method is HttpMethod =>
  Object.values<string | undefined>(HttpMethod).includes(method);
