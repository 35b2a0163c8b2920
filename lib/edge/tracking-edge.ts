import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { clickHeaders, edgeHeader } from '../../lambdas/contract';
import { DomainAddress, domainCertificate } from '../domain-address';
import type { IngestApi } from '../ingest-api';
import type { EdgeSettings, TrackingDomain } from '../stage/address-settings';
import { ClickWebAcl } from './click-web-acl';

/** Props of `TrackingEdge`. */
export interface TrackingEdgeProps {
  readonly stageName: string;
  readonly domains: readonly TrackingDomain[];
  readonly settings: EdgeSettings;
  readonly ingest: IngestApi;
  /** Header that every distribution sends to the API. */
  readonly key: ISecret;
}

/**
 * Passes the visitor's address to the functions, since the API sees every request come from CloudFront. It overwrites a header from the
 * visitor.
 */
export const nameTheViewer = `function handler(event) {
  event.request.headers['${edgeHeader.viewerAddress}'] = { value: event.viewer.ip };
  return event.request;
}`;

/** Every error status that CloudFront may cache: for ten seconds by default, whatever the cache policy and the response headers say. */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Paths of clicks, by redirect and by script. */
const clickPaths = ['/c/*', '/t/*'];

/** A web ACL, and a separate distribution with a certificate for each domain. Nothing is cached. */
export class TrackingEdge extends Construct {
  constructor(scope: Construct, id: string, { stageName, domains, settings, ingest, key }: TrackingEdgeProps) {
    super(scope, id);
    const { webAclArn, clicksPerAddress, keyNumber = 1 } = settings;
    const webAclId = webAclArn ?? new ClickWebAcl(this, 'WebAcl', clicksPerAddress).attrArn;
    const { region, urlSuffix } = Stack.of(this);
    const viewer = new EdgeFunction(this, 'Viewer', {
      code: FunctionCode.fromInline(nameTheViewer),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Names the viewer to the tracker.',
    });
    const origin = new HttpOrigin(`${ingest.api.apiId}.execute-api.${region}.${urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // CloudFormation resolves it at deployment: no template holds it.
      customHeaders: { [edgeHeader.key]: key.secretValue.unsafeUnwrap() },
    });
    // CloudFront adds the country only when it is requested by name, and then cannot forward every header but the host.
    const clickPolicy = new OriginRequestPolicy(this, 'ClickPolicy', {
      comment: `What clicks of the postback tracker ${stageName} are read from.`,
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        ...clickHeaders,
        edgeHeader.viewerAddress,
        edgeHeader.viewerCountry,
      ),
      cookieBehavior: OriginRequestCookieBehavior.all(),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
    for (const domain of domains) {
      const handled = {
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // As for the API: a sender's token in plain HTTP is public.
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        functionAssociations: [{ function: viewer, eventType: FunctionEventType.VIEWER_REQUEST }],
      };
      const own = new Construct(this, domain.name);
      const distribution = new Distribution(own, 'Distribution', {
        // CloudFormation reads the key again only when another property of the distribution changes.
        comment: `Postback tracker ${stageName}: ${domain.name}, key ${keyNumber}`,
        domainNames: [domain.name],
        certificate: domainCertificate(own, domain),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        httpVersion: HttpVersion.HTTP2_AND_3,
        webAclId,
        // The cache key has no query: a cached 404 would answer every other sender's postback without judging it.
        errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
        defaultBehavior: { ...handled, originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER },
        additionalBehaviors: Object.fromEntries(
          clickPaths.map((path) => [path, { ...handled, originRequestPolicy: clickPolicy }]),
        ),
      });
      Validations.of(distribution).acknowledge(
        {
          id: 'AwsSolutions-CFR1',
          reason: 'Visitors and senders are in every country: the stack does not know where ads are shown.',
        },
        {
          id: 'AwsSolutions-CFR3',
          reason: 'Its log would hold tokens, click IDs and addresses; the API logs without them.',
        },
      );
      new DomainAddress(own, domain, new CloudFrontTarget(distribution), distribution.distributionDomainName);
    }
  }
}
