import { runInNewContext } from 'node:vm';
import { nameTheViewer } from '../../lib/edge/tracking-edge';
import { routes } from '../../lambdas/contract';
import { exampleOf } from './examples';
import { logicalId, onlyOne, synthesized } from './synthesized';

const hardened = exampleOf('Hardened');
const made = synthesized(hardened.stage, hardened.stages);
const elsewhere = exampleOf('Another region, with an edge');
const { resources } = made;

describe('the gate', () => {
  const all = Object.values(resources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

  test('stands before every click and every postback, and IAM before the admin API', () => {
    const [authorizer] = Object.keys(resources('AWS::ApiGatewayV2::Authorizer'));
    for (const route of all) {
      const isAdmin = routes.admin.some((one) => one === route['RouteKey']);
      expect(route).toMatchObject(
        isAdmin ? { AuthorizationType: 'AWS_IAM' } : { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizer } },
      );
    }
    expect(all).toHaveLength(
      routes.click.length + routes.visitor.length + routes.postback.length + routes.admin.length,
    );
  });

  test('asks for the header that the distribution adds, and its answer is remembered for an hour', () => {
    expect(onlyOne(resources('AWS::ApiGatewayV2::Authorizer'))).toMatchObject({
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.header.tracker-gate-key'],
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 3600,
    });
  });

  test('may read its key and nothing else', () => {
    const policies = resources('AWS::IAM::Policy');
    const { PolicyDocument: document } =
      policies[logicalId(policies, 'GateCheckRoleDefaultPolicy')]?.['Properties'] ?? {};
    const actions = document['Statement'].flatMap(({ Action }: { readonly Action: string | string[] }) => Action);
    expect(actions).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'kms:Decrypt',
    ]);
  });
});

describe('the distribution', () => {
  const { DistributionConfig: distribution } = onlyOne(resources('AWS::CloudFront::Distribution'));

  test('shows the key, which no template holds', () => {
    const secret = logicalId(resources('AWS::SecretsManager::Secret'), 'GateKey');
    expect(distribution['Origins'][0]['OriginCustomHeaders']).toEqual([
      {
        HeaderName: 'tracker-gate-key',
        HeaderValue: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret }, ':SecretString:::}}']] },
      },
    ]);
  });

  test('caches nothing, passes every method on, and speaks TLS only', () => {
    expect(distribution['DefaultCacheBehavior']).toMatchObject({
      // The managed policies CachingDisabled and AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: expect.arrayContaining(['GET', 'HEAD', 'POST']),
    });
  });

  test('hands on of a click what is read of it, and the country that CloudFront alone adds', () => {
    const [id, policy] = Object.entries(resources('AWS::CloudFront::OriginRequestPolicy'))[0] ?? [];
    expect(policy?.['Properties']['OriginRequestPolicyConfig']).toMatchObject({
      HeadersConfig: {
        HeaderBehavior: 'whitelist',
        Headers: expect.arrayContaining([
          'cloudfront-viewer-country',
          'tracker-viewer-address',
          'user-agent',
          'sec-purpose',
        ]),
      },
      CookiesConfig: { CookieBehavior: 'all' },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    });
    const behaviors: readonly Record<string, unknown>[] = distribution['CacheBehaviors'];
    expect(behaviors.map(({ PathPattern, OriginRequestPolicyId }) => [PathPattern, OriginRequestPolicyId])).toEqual([
      ['/c/*', { Ref: id }],
      ['/t/*', { Ref: id }],
    ]);
    for (const behavior of behaviors) {
      expect({ ...distribution['DefaultCacheBehavior'], ...behavior }).toEqual({
        ...distribution['DefaultCacheBehavior'],
        PathPattern: behavior['PathPattern'],
        OriginRequestPolicyId: { Ref: id },
      });
    }
  });

  test('keeps no error either: the rejection of one postback must not answer the next', () => {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
    expect(distribution['CustomErrorResponses']).toEqual(
      [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((status) => ({
        ErrorCode: status,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  test('answers under the domain, which leads to it', () => {
    expect(distribution['Aliases']).toEqual(['track.example.com']);
    const records = Object.values(resources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties);
    expect(records.map(({ Name, Type }) => [Name, Type])).toEqual([
      ['track.example.com.', 'A'],
      ['track.example.com.', 'AAAA'],
    ]);
    expect(Object.keys(resources('AWS::ApiGatewayV2::DomainName'))).toEqual([]);
  });

  test('changes with the number of its key, so that CloudFormation reads the key anew', () => {
    const { prod } = hardened.stages;
    const raised = synthesized('prod', { prod: Object.assign({}, prod, { edge: { keyNumber: 2 } }) });
    const other = onlyOne(raised.resources('AWS::CloudFront::Distribution'))['DistributionConfig'];
    expect([distribution['Comment'], other['Comment']]).toEqual([
      'Postback tracker prod: track.example.com, key 1',
      'Postback tracker prod: track.example.com, key 2',
    ]);
  });

  test('names the viewer in a header, over whatever the viewer wrote there', () => {
    const event = {
      viewer: { ip: '198.51.100.9' },
      request: { headers: { 'tracker-viewer-address': { value: '192.0.2.1' }, accept: { value: '*/*' } } },
    };
    expect(runInNewContext(`${nameTheViewer}; handler(event)`, { event })).toEqual({
      headers: { 'tracker-viewer-address': { value: '198.51.100.9' }, accept: { value: '*/*' } },
    });
  });
});

describe('the web ACL', () => {
  test('acts on clicks alone: a postback that is blocked is money that nobody records', () => {
    const acl = onlyOne(resources('AWS::WAFv2::WebACL'));
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    for (const { Statement } of acl['Rules']) {
      const [statement] = Object.values<Record<string, object>>(Statement);
      expect(statement?.['ScopeDownStatement']).toMatchObject({
        ByteMatchStatement: { SearchString: '/c/', PositionalConstraint: 'STARTS_WITH', FieldToMatch: { UriPath: {} } },
      });
    }
    expect(acl['Rules'][0]['Statement']['RateBasedStatement']).toMatchObject({ Limit: 600, EvaluationWindowSec: 300 });
  });

  test('sees a click however its path is written, as API Gateway does: decoded, in capitals', () => {
    for (const { Statement } of onlyOne(resources('AWS::WAFv2::WebACL'))['Rules']) {
      const [statement] = Object.values<Record<string, object>>(Statement);
      expect(statement).toHaveProperty('ScopeDownStatement.ByteMatchStatement.TextTransformations', [
        { Priority: 0, Type: 'URL_DECODE' },
        { Priority: 1, Type: 'LOWERCASE' },
      ]);
    }
  });

  test('shows nobody sampled requests, which hold tokens', () => {
    expect(JSON.stringify(onlyOne(resources('AWS::WAFv2::WebACL')))).not.toContain('"SampledRequestsEnabled":true');
  });

  test('may be one that exists, beside a certificate that exists, in any region', () => {
    const other = synthesized(elsewhere.stage, elsewhere.stages);
    expect(Object.keys(other.resources('AWS::WAFv2::WebACL'))).toEqual([]);
    expect(Object.keys(other.resources('AWS::CertificateManager::Certificate'))).toEqual([]);
    const { DistributionConfig } = onlyOne(other.resources('AWS::CloudFront::Distribution'));
    expect(DistributionConfig['WebACLId']).toMatch(/^arn:aws:wafv2:us-east-1:/);
  });
});

test('the admin API stays at the address of the API itself, and prints the address of the edge', () => {
  const { AdminUrl, ClickUrl } = made.template.toJSON()['Outputs'];
  expect(JSON.stringify(AdminUrl.Value)).toContain('ApiEndpoint');
  expect(ClickUrl.Value).toBe('https://track.example.com/c/{campaign}');
});
