import { exampleOf } from './examples';
import { synthesized, type plainText } from './synthesized';

const { stage, stages } = exampleOf('Domains');
const { resources, template } = synthesized(stage, stages);
const propertiesOf = (type: string) => Object.values(resources(type)).map(({ Properties }) => Properties);
const outputs: Record<string, { readonly Value: Parameters<typeof plainText>[0]; readonly Description: string }> =
  template.toJSON()['Outputs'];

describe('domains', () => {
  test('lead to the API, each over IPv4 and IPv6', () => {
    const names = resources('AWS::ApiGatewayV2::DomainName');
    expect(Object.values(names).map(({ Properties }) => Properties['DomainName'])).toEqual([
      'track.example.com',
      'go.example.net',
    ]);
    for (const { Properties } of Object.values(names)) {
      expect(Properties['DomainNameConfigurations']).toEqual([
        expect.objectContaining({ EndpointType: 'REGIONAL', IpAddressType: 'dualstack' }),
      ]);
    }
    expect(propertiesOf('AWS::ApiGatewayV2::ApiMapping').map((mapping) => mapping['DomainName']['Ref'])).toEqual(
      Object.keys(names),
    );
  });

  test('have a certificate proved through their zone, or the one that the stage names', () => {
    expect(propertiesOf('AWS::CertificateManager::Certificate')).toEqual([
      expect.objectContaining({
        DomainName: 'track.example.com',
        ValidationMethod: 'DNS',
        DomainValidationOptions: [{ DomainName: 'track.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
      }),
    ]);
    const [, other] = propertiesOf('AWS::ApiGatewayV2::DomainName');
    expect(other?.['DomainNameConfigurations'][0]['CertificateArn']).toMatch(/^arn:aws:acm:eu-west-1:/);
  });

  test('have their address written into their zone, or an output that says what to write', () => {
    expect(
      propertiesOf('AWS::Route53::RecordSet').map(({ Name, Type, HostedZoneId }) => [Name, Type, HostedZoneId]),
    ).toEqual([
      ['track.example.com.', 'A', 'Z0123456789ABCDEFGHIJ'],
      ['track.example.com.', 'AAAA', 'Z0123456789ABCDEFGHIJ'],
    ]);
    expect(Object.values(outputs).filter(({ Description }) => Description.includes('CNAME'))).toEqual([
      expect.objectContaining({ Description: 'Make go.example.net a CNAME of this, wherever its DNS is.' }),
    ]);
  });

  test('stand in the outputs and in what the admin API prints: the first of them', () => {
    expect(outputs['ClickUrl']?.Value).toBe('https://track.example.com/c/{campaign}');
    expect(outputs['PostbackUrl']?.Value).toMatch(/^https:\/\/track\.example\.com\/postback\?/);
    expect(outputs['AdminUrl']?.Value).toBe('https://track.example.com/admin/v1');
    const variables = propertiesOf('AWS::Lambda::Function').map(
      ({ Environment }) => Environment['Variables']['PUBLIC_URL'],
    );
    const [admin, deliver] = variables.filter((value) => value !== undefined);
    expect([admin, deliver]).toEqual(['https://track.example.com', 'https://track.example.com']);
  });

  test('may be the only way in', () => {
    const [api] = propertiesOf('AWS::ApiGatewayV2::Api');
    expect(api?.['DisableExecuteApiEndpoint']).toBe(true);
    const [ofProd] = Object.values(synthesized('prod').resources('AWS::ApiGatewayV2::Api'));
    expect(ofProd?.['Properties']).not.toHaveProperty('DisableExecuteApiEndpoint');
  });

  test('need no look-up: the template asks no account for anything', () => {
    expect(synthesized(stage, stages).stack.environment).toBe('aws://111122223333/eu-west-1');
    expect(JSON.stringify(template.toJSON())).not.toContain('dummy');
  });
});
