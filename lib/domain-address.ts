import { CfnOutput } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AaaaRecord, ARecord, PublicHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import type { IAliasRecordTarget, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { TrackingDomain } from './stage/address-settings';

/** Returns the stage's certificate, or a new one that the domain's zone validates. */
export function domainCertificate(scope: Construct, domain: TrackingDomain): ICertificate {
  const { name, certificateArn } = domain;
  if (certificateArn !== undefined) return Certificate.fromCertificateArn(scope, 'Certificate', certificateArn);
  const zone = zoneOf(scope, domain);
  return new Certificate(scope, 'Certificate', { domainName: name, validation: CertificateValidation.fromDns(zone) });
}

/** Points a domain at its server. For a zone outside Route 53 a stack output names the target. */
export class DomainAddress extends Construct {
  constructor(scope: Construct, domain: TrackingDomain, target: IAliasRecordTarget, targetName: string) {
    super(scope, 'Address');
    const zone = zoneOf(this, domain);
    if (!zone) {
      new CfnOutput(this, 'Target', {
        value: targetName,
        description: `Make ${domain.name} a CNAME of this, wherever its DNS is.`,
      });
      return;
    }
    const record = { zone, recordName: `${domain.name}.`, target: RecordTarget.fromAlias(target) };
    new ARecord(this, 'IPv4', record);
    new AaaaRecord(this, 'IPv6', record);
  }
}

function zoneOf(scope: Construct, { hostedZone }: TrackingDomain): IHostedZone | undefined {
  if (!hostedZone) return undefined;
  const attributes = { hostedZoneId: hostedZone.id, zoneName: hostedZone.name };
  return PublicHostedZone.fromPublicHostedZoneAttributes(scope, 'Zone', attributes);
}
