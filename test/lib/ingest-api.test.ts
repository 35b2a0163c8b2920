import { routes } from '../../lambdas/contract';
import { functions as entries } from '../../lib/functions';
import { accessLogFields } from '../../lib/ingest-api';
import { logicalId, onlyOne, plainText, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const aliases = resources('AWS::Lambda::Alias');
const integrations = resources('AWS::ApiGatewayV2::Integration');
const apiRoutes = Object.values(resources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

const groups = [
  ['click', 'Click', 'NONE'],
  ['visitor', 'Visitor', 'NONE'],
  ['postback', 'Postback', 'NONE'],
  ['admin', 'Admin', 'AWS_IAM'],
] as const;

function integrationOf(alias: string): string {
  const own = Object.keys(integrations).filter((id) =>
    JSON.stringify(integrations[id]?.['Properties']['IntegrationUri']).includes(`"${alias}"`),
  );
  expect(own).toHaveLength(1);
  return own[0] ?? '';
}

describe.each(groups)('the routes of %s', (group, constructName, authorization) => {
  const alias = logicalId(aliases, `Functions${constructName}Live`);
  const integration = integrationOf(alias);
  const own = apiRoutes.filter(({ Target }) => JSON.stringify(Target).includes(`"${integration}"`));

  test('are those of the contract', () => {
    expect(new Set(own.map((route) => route['RouteKey']))).toEqual(new Set(routes[group]));
    expect(own).toHaveLength(routes[group].length);
  });

  test(`ask for the authorization ${authorization}`, () => {
    for (const route of own) expect(route['AuthorizationType']).toBe(authorization);
  });

  test('share one integration, payload format 2.0, that outwaits the function', () => {
    const { Properties = {} } = integrations[integration] ?? {};
    expect(Properties['PayloadFormatVersion']).toBe('2.0');
    const milliseconds: number = Properties['TimeoutInMillis'];
    expect(milliseconds).toBeGreaterThanOrEqual(entries[group].timeoutSeconds * 1000);
    expect(milliseconds).toBeLessThanOrEqual(29_000);
  });

  test('may invoke what is released by one permission for all, of this API only: Lambda holds 20 kB of them', () => {
    const api = logicalId(resources('AWS::ApiGatewayV2::Api'), 'IngestApi');
    const sources = Object.values(resources('AWS::Lambda::Permission'))
      .filter(({ Properties }) => JSON.stringify(Properties['FunctionName']).includes(`"${alias}"`))
      .map(({ Properties }) => {
        expect(Properties['Principal']).toBe('apigateway.amazonaws.com');
        expect(JSON.stringify(Properties['SourceArn'])).toContain(`{"Ref":"${api}"}`);
        return plainText(Properties['SourceArn'], '*');
      });
    // API Gateway names its default route by two parts, which the pattern of three does not take.
    const ofDefaultRoute = group === 'postback' ? ['arn:*:execute-api:*:*:*/*/$default'] : [];
    expect(sources).toEqual(['arn:*:execute-api:*:*:*/*/*/*', ...ofDefaultRoute]);
  });
});

test('the API has no routes beside those of the contract', () => {
  expect(apiRoutes).toHaveLength(
    routes.click.length + routes.visitor.length + routes.postback.length + routes.admin.length,
  );
});

describe('the stage of the API', () => {
  const stage = onlyOne(resources('AWS::ApiGatewayV2::Stage'));
  const format: string = stage['AccessLogSettings']['Format'];

  test('is $default, so that paths have no prefix', () => {
    expect(stage['StageName']).toBe('$default');
    expect(stage['AutoDeploy']).toBe(true);
  });

  test('throttles as its configuration says, and counts per route only where that is paid for', () => {
    const inDev = onlyOne(synthesized('dev').resources('AWS::ApiGatewayV2::Stage'));
    expect(stage['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 2000,
      ThrottlingBurstLimit: 4000,
      DetailedMetricsEnabled: true,
    });
    expect(inDev['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 100,
      ThrottlingBurstLimit: 200,
      DetailedMetricsEnabled: false,
    });
  });

  test('gives every route the limits of its group, and says everything that the default would', () => {
    const settings: Readonly<Record<string, object>> = stage['RouteSettings'];
    expect(new Set(Object.keys(settings))).toEqual(new Set(apiRoutes.map((route) => route['RouteKey'])));
    const limits = (rate: number, burst: number): object => ({
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
      DetailedMetricsEnabled: true,
    });
    expect(settings).toMatchObject({
      'GET /c/{campaign}': limits(2000, 4000),
      'ANY /c/{campaign+}': limits(2000, 4000),
      $default: limits(2000, 4000),
      'GET /postback': limits(2000, 4000),
      'POST /postback/{integration}': limits(2000, 4000),
      'POST /postbacks/{integration}': limits(20, 40),
      'ANY /admin/v1/{proxy+}': limits(50, 100),
    });
  });

  test('takes limits of one group from the configuration, and leaves the others theirs', () => {
    const throttle = { rate: 70, click: { rate: 300, burst: 600 }, postback: { burst: 90 }, batch: { rate: 1 } };
    const own = onlyOne(synthesized('qa', { qa: { like: 'dev', throttle } }).resources('AWS::ApiGatewayV2::Stage'));
    expect(own['RouteSettings']).toMatchObject({
      'ANY /c/{campaign+}': { ThrottlingRateLimit: 300, ThrottlingBurstLimit: 600, DetailedMetricsEnabled: false },
      'GET /postback': { ThrottlingRateLimit: 70, ThrottlingBurstLimit: 90 },
      $default: { ThrottlingRateLimit: 70, ThrottlingBurstLimit: 90 },
      'POST /postbacks/{integration}': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 10 },
      'ANY /admin/v1/{proxy+}': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
  });

  test('is made after its routes, whose settings API Gateway would reject otherwise', () => {
    const [{ DependsOn } = { DependsOn: [] }] = Object.values(resources('AWS::ApiGatewayV2::Stage'));
    expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(resources('AWS::ApiGatewayV2::Route'))));
  });

  test('logs each request as JSON with its ID and signer, without query string or data of a visitor', () => {
    expect(JSON.parse(format)).toEqual(accessLogFields);
    expect(format).toContain('$context.requestId');
    expect(accessLogFields.caller).toBe('$context.identity.userArn');
    expect(format).not.toMatch(/querystring|sourceIp|userAgent|\$context\.authorizer|header/i);
    expect(format.match(/\$context\.identity\.\w+/g)).toEqual(['$context.identity.userArn']);
  });

  test('logs into a group that expires', () => {
    const groupId = logicalId(resources('AWS::Logs::LogGroup'), 'IngestAccessLog');
    expect(stage['AccessLogSettings']).toMatchObject({ DestinationArn: { 'Fn::GetAtt': [groupId, 'Arn'] } });
  });

  test('logs under the name that needs no room in the resource policy of the account, and that no other stack has', () => {
    const logGroups = resources('AWS::Logs::LogGroup');
    const { LogGroupName: name } = logGroups[logicalId(logGroups, 'IngestAccessLog')]?.['Properties'] ?? {};
    expect(name).toEqual({
      'Fn::Join': [
        '',
        [
          '/aws/vendedlogs/PostbackTracker-prod-access-',
          { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
        ],
      ],
    });
  });
});
