import { ApiMapping, DomainName, IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { DomainAddress, domainCertificate } from './domain-address';
import type { IngestApi } from './ingest-api';
import type { TrackingDomain } from './stage/address-settings';

/** Props of `TrackingDomains`. */
export interface TrackingDomainsProps {
  readonly domains: readonly TrackingDomain[];
  readonly ingest: IngestApi;
}

/** The API under the team's host names, each with its certificate and its address, over IPv4 and IPv6. */
export class TrackingDomains extends Construct {
  constructor(scope: Construct, id: string, { domains, ingest }: TrackingDomainsProps) {
    super(scope, id);
    for (const domain of domains) {
      const own = new Construct(this, domain.name);
      const domainName = new DomainName(own, 'Name', {
        domainName: domain.name,
        certificate: domainCertificate(own, domain),
        ipAddressType: IpAddressType.DUAL_STACK,
      });
      new ApiMapping(own, 'Mapping', { api: ingest.api, domainName, stage: ingest.apiStage });
      const { regionalDomainName, regionalHostedZoneId } = domainName;
      const target = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
      new DomainAddress(own, domain, target, regionalDomainName);
    }
  }
}
