import { StageConfigurationError, stageConfiguration } from '../../lib/stage-configuration';

const certificate = (region: string): string =>
  `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const key = (region: string): string => `arn:aws:kms:${region}:111122223333:key/12345678-1234-1234-1234-123456789012`;
const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/12345678-1234-1234-1234-123456789012';
const boundary = 'arn:aws:iam::111122223333:policy/boundary';
const hostedZone = { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' };
const domain = { name: 'track.example.com', hostedZone };

function sentenceOf(settings: object, release?: unknown): string {
  try {
    stageConfiguration('prod', { prod: settings }, release);
  } catch (error) {
    if (error instanceof StageConfigurationError) return error.message;
    throw error;
  }
  return 'fine';
}

describe('a wrong value is rejected', () => {
  test.each([
    [{ account: 111122223333 }, 'account is 111122223333; allowed is an account ID of 12 digits, as a text.'],
    [{ region: 'Ireland' }, 'region is "Ireland"; allowed is a region of AWS, such as eu-west-1.'],
    // The form of a region, and none.
    [{ region: 'eu-wst-1' }, 'region is "eu-wst-1"; allowed is a region of AWS, such as eu-west-1.'],
    [{ region: 'us-east-9' }, 'region is "us-east-9"; allowed is a region of AWS, such as eu-west-1.'],
    [
      { runbookUrl: 'http://wiki.example.com/runbook' },
      'runbookUrl is "http://wiki.example.com/runbook"; allowed is an https:// URL of the runbook, without # or ?; {commit} in it is replaced.',
    ],
    [
      { runbookUrl: 'https://wiki.example.com/runbook#top' },
      'runbookUrl is "https://wiki.example.com/runbook#top"; allowed is an https:// URL of the runbook, without # or ?; {commit} in it is replaced.',
    ],
    [
      { fallbackUrl: 'https://{source}.example/' },
      'fallbackUrl is "https://{source}.example/"; allowed is an https:// URL, with macros only after its host.',
    ],
    [
      { release: 'careful' },
      'release is "careful"; allowed is one of all-at-once, canary-5-minutes, canary-15-minutes, linear-10-minutes.',
    ],
    [
      { functions: { clicks: {} } },
      'there is no field functions.clicks; allowed are click, visitor, postback, retry, admin, watchdog, count, compact, dispatch, deliver.',
    ],
    [
      { functions: { click: { memory: 5 } } },
      'there is no field functions.click.memory; allowed are memoryMegabytes, logLevel, reservedConcurrency, provisionedConcurrency.',
    ],
    [
      { functions: { click: { logLevel: 'ERROR' } } },
      'functions.click.logLevel is "ERROR"; allowed is one of TRACE, DEBUG, INFO.',
    ],
    [{ domains: domain }, `domains is ${JSON.stringify(domain)}; allowed is a list of domains.`],
    [
      { domains: [{ ...domain, name: 'Track.example.com' }] },
      'domains.0.name is "Track.example.com"; allowed is a host name in lower case, such as track.example.com.',
    ],
    [
      { domains: [{ hostedZone }] },
      'domains.0.name is not set; allowed is a host name in lower case, such as track.example.com.',
    ],
    [
      { domains: [domain, { ...domain, host: 1 }] },
      'there is no field domains.1.host; allowed are name, hostedZone, certificateArn.',
    ],
    [
      { domains: [{ ...domain, hostedZone: { ...hostedZone, id: 'example.com' } }] },
      'domains.0.hostedZone.id is "example.com"; allowed is a hosted zone ID such as Z0123456789ABCDEFGHIJ.',
    ],
    [
      { kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/team' },
      'kmsKeyArn is "arn:aws:kms:eu-west-1:111122223333:alias/team"; allowed is the ARN of a key in KMS, not of an alias.',
    ],
    [
      { permissionsBoundaryArn: 'boundary' },
      'permissionsBoundaryArn is "boundary"; allowed is the ARN of a managed policy in IAM.',
    ],
    [{ tags: { team: 5 } }, 'tags.team is 5; allowed is a text of letters, digits, spaces and _ . : / = + - @.'],
    [
      { tags: { stage: 'mine' } },
      'tags.stage is "stage"; allowed is names of up to 128 characters other than application, stage and aws:….',
    ],
    [
      { edge: { webAclArn: 'team' } },
      'edge.webAclArn is "team"; allowed is the ARN of a web ACL of scope CLOUDFRONT, in us-east-1.',
    ],
  ])('%j', (settings, sentence) => {
    expect(sentenceOf(settings)).toBe(`Stage "prod": ${sentence}`);
  });
});

describe('what contradicts itself is rejected', () => {
  test.each([
    [
      { functions: { click: { reservedConcurrency: 10, provisionedConcurrency: 11 } } },
      'functions.click.provisionedConcurrency is 11; allowed is at most functions.click.reservedConcurrency, 10.',
    ],
    [
      { functions: { retry: { reservedConcurrency: 9 } } },
      'functions.retry.reservedConcurrency is 9; allowed is at least retryMaxConcurrency, 10.',
    ],
    [
      { domains: [domain, domain] },
      'domains.1.name is "track.example.com"; allowed is a name that no domain before it has.',
    ],
    [
      { domains: [{ ...domain, name: 'track.badexample.com' }] },
      'domains.0.name is "track.badexample.com"; allowed is a name in its hosted zone, example.com.',
    ],
    [
      { domains: [{ name: 'track.example.com' }] },
      'domains.0.certificateArn is not set; allowed is a certificate, or a hostedZone to prove one through.',
    ],
    [
      { region: 'eu-west-1', domains: [{ ...domain, certificateArn: certificate('us-east-1') }] },
      `domains.0.certificateArn is "${certificate('us-east-1')}"; allowed is a certificate in eu-west-1.`,
    ],
    [{ executeApi: false }, 'executeApi is false; allowed is true where there are no domains.'],
    [
      { region: 'us-east-1', executeApi: false, domains: [domain], edge: {} },
      'executeApi is false; allowed is true where there is an edge, since the admin API stays behind it.',
    ],
    [{ region: 'us-east-1', edge: {} }, 'domains is []; allowed is at least one domain where there is an edge.'],
    [
      { region: 'us-east-1', domains: [domain], edge: { webAclArn, clicksPerAddress: 100 } },
      'edge.clicksPerAddress is 100; allowed is nothing where edge.webAclArn is set: that ACL has its own.',
    ],
    [
      { domains: [domain], edge: {} },
      'region is not set; allowed is "us-east-1" where the edge makes its web ACL or a certificate; elsewhere give edge.webAclArn and each certificateArn.',
    ],
    [
      { region: 'eu-west-1', domains: [domain], edge: { webAclArn } },
      'region is "eu-west-1"; allowed is "us-east-1" where the edge makes its web ACL or a certificate; elsewhere give edge.webAclArn and each certificateArn.',
    ],
    [
      { region: 'eu-west-1', domains: [{ ...domain, certificateArn: certificate('eu-west-1') }], edge: { webAclArn } },
      `domains.0.certificateArn is "${certificate('eu-west-1')}"; allowed is a certificate in us-east-1.`,
    ],
    [
      { region: 'eu-west-1', kmsKeyArn: key('us-east-1') },
      `kmsKeyArn is "${key('us-east-1')}"; allowed is a key in eu-west-1, the region of the stage.`,
    ],
    [
      { account: '444455556666', permissionsBoundaryArn: boundary },
      `permissionsBoundaryArn is "${boundary}"; allowed is one in 444455556666, the account of the stage.`,
    ],
    [
      { account: '444455556666', domains: [{ ...domain, certificateArn: certificate('us-east-1') }] },
      `domains.0.certificateArn is "${certificate('us-east-1')}"; allowed is one in 444455556666, the account of the stage.`,
    ],
    [
      { account: '444455556666', region: 'us-east-1', domains: [domain], edge: { webAclArn } },
      `edge.webAclArn is "${webAclArn}"; allowed is one in 444455556666, the account of the stage.`,
    ],
    [
      { throttle: { burst: 999 } },
      'throttle.burst is 999; allowed is at least half of the rate, 2000: fewer get 429 though the rate is kept.',
    ],
    [
      { throttle: { click: { rate: 9000 } } },
      'throttle.click.burst is 4000; allowed is at least half of the rate, 9000: fewer get 429 though the rate is kept.',
    ],
  ])('%j', (settings, sentence) => {
    expect(sentenceOf(settings)).toBe(`Stage "prod": ${sentence}`);
  });

  test.each([
    { functions: { click: { reservedConcurrency: 10, provisionedConcurrency: 10 } } },
    { functions: { click: { provisionedConcurrency: 10 }, retry: { reservedConcurrency: 10 } } },
    { domains: [{ name: 'example.com', hostedZone }] },
    { executeApi: false, domains: [domain] },
    { region: 'eu-west-1', domains: [{ ...domain, certificateArn: certificate('us-east-1') }], edge: { webAclArn } },
    { region: 'eu-west-1', kmsKeyArn: key('eu-west-1') },
    { kmsKeyArn: key('eu-west-1') },
    { account: '111122223333', permissionsBoundaryArn: boundary },
    { account: '444455556666', permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    // A key may be another account's, which shares it.
    { account: '444455556666', kmsKeyArn: key('eu-west-1') },
    // In the proportion of the limits that AWS gives an account.
    { throttle: { rate: 10_000, burst: 5_000 } },
    { runbookUrl: 'https://github.com/owner/repository/blob/{commit}/docs/runbook.md' },
  ])('and what does not is taken: %j', (settings) => {
    expect(sentenceOf(settings)).toBe('fine');
  });
});

describe('the release of one deployment', () => {
  test('replaces what the stage says', () => {
    expect(stageConfiguration('prod', undefined).release).toBe('canary-15-minutes');
    expect(stageConfiguration('prod', undefined, 'all-at-once').release).toBe('all-at-once');
  });

  test('is checked as the stage is', () => {
    expect(sentenceOf({}, 'now')).toBe(
      'Stage "prod": release is "now"; allowed is one of all-at-once, canary-5-minutes, canary-15-minutes, linear-10-minutes.',
    );
  });
});
