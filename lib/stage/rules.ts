import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { functionNames } from '../functions';
import type { StageConfiguration } from '../stage-settings';
import { accountOfArn, regionOfArn } from './account-settings';
import { wrong } from './stage-configuration-error';

/** The only region of CloudFront's certificates and web ACLs, whatever the region of the stack. */
const edgeRegion = 'us-east-1';

const projectFolder = join(__dirname, '..', '..');

/** Rules between fields: each rejects at synth a setting that would fail, or lose data, in the account. */
export function validateStage(stage: StageConfiguration): void {
  validateRemoval(stage);
  validateConcurrency(stage);
  validateDomains(stage);
  validateAddresses(stage);
  validateEdge(stage);
  validateKeyRegion(stage);
  validateAccounts(stage);
  validateThrottle(stage);
  validateFiles(stage);
}

/** A stage like prod must not delete data with its stack. */
function validateRemoval({ name, like, removal, deletionProtection }: StageConfiguration): void {
  if (removal !== 'destroy') return;
  if (like === 'prod') {
    throw wrong(name, 'removal', 'destroy', '"retain", since the stage is like prod and its data is money');
  }
  if (deletionProtection) {
    throw wrong(name, 'deletionProtection', true, 'false where removal is "destroy", or the stack cannot be deleted');
  }
}

function validateConcurrency(stage: StageConfiguration): void {
  for (const one of functionNames) {
    const { reservedConcurrency: reserved, provisionedConcurrency: provisioned } = stage.functions?.[one] ?? {};
    if (reserved === undefined) continue;
    const field = `functions.${one}`;
    if (provisioned !== undefined && provisioned > reserved) {
      throw wrong(
        stage.name,
        `${field}.provisionedConcurrency`,
        provisioned,
        `at most ${field}.reservedConcurrency, ${reserved}`,
      );
    }
    // SQS would deliver messages that Lambda then rejects, and each rejection uses up one of their deliveries.
    if (one === 'retry' && reserved < stage.retryMaxConcurrency) {
      throw wrong(
        stage.name,
        `${field}.reservedConcurrency`,
        reserved,
        `at least retryMaxConcurrency, ${stage.retryMaxConcurrency}`,
      );
    }
  }
}

function validateDomains({ name: stageName, domains = [], region, edge }: StageConfiguration): void {
  const certificateRegion = edge ? edgeRegion : region;
  for (const [index, { name, hostedZone, certificateArn }] of domains.entries()) {
    const field = `domains.${index}`;
    if (domains.findIndex((other) => other.name === name) !== index) {
      throw wrong(stageName, `${field}.name`, name, 'a name that no domain before it has');
    }
    if (hostedZone && name !== hostedZone.name && !name.endsWith(`.${hostedZone.name}`)) {
      throw wrong(stageName, `${field}.name`, name, `a name in its hosted zone, ${hostedZone.name}`);
    }
    if (certificateArn === undefined && !hostedZone) {
      throw wrong(
        stageName,
        `${field}.certificateArn`,
        certificateArn,
        'a certificate, or a hostedZone to prove one through',
      );
    }
    if (certificateArn !== undefined && certificateRegion && regionOfArn(certificateArn) !== certificateRegion) {
      throw wrong(stageName, `${field}.certificateArn`, certificateArn, `a certificate in ${certificateRegion}`);
    }
  }
}

function validateAddresses({ name, domains = [], executeApi, edge }: StageConfiguration): void {
  if (executeApi) return;
  if (domains.length === 0) throw wrong(name, 'executeApi', false, 'true where there are no domains');
  if (edge) throw wrong(name, 'executeApi', false, 'true where there is an edge, since the admin API stays behind it');
}

function validateEdge({ name, domains = [], region, edge }: StageConfiguration): void {
  if (!edge) return;
  const { webAclArn, clicksPerAddress } = edge;
  if (domains.length === 0) throw wrong(name, 'domains', domains, 'at least one domain where there is an edge');
  if (webAclArn !== undefined && clicksPerAddress !== undefined) {
    throw wrong(
      name,
      'edge.clicksPerAddress',
      clicksPerAddress,
      'nothing where edge.webAclArn is set: that ACL has its own',
    );
  }
  if (region === edgeRegion) return;
  if (webAclArn === undefined || domains.some(({ certificateArn }) => certificateArn === undefined)) {
    throw wrong(
      name,
      'region',
      region,
      `"${edgeRegion}" where the edge makes its web ACL or a certificate; elsewhere give edge.webAclArn and each certificateArn`,
    );
  }
}

function validateKeyRegion({ name, region, kmsKeyArn }: StageConfiguration): void {
  if (kmsKeyArn === undefined || region === undefined || regionOfArn(kmsKeyArn) === region) return;
  throw wrong(name, 'kmsKeyArn', kmsKeyArn, `a key in ${region}, the region of the stage`);
}

/** Boundaries, certificates and web ACLs must be in the account of the stack; a key may be shared by another. */
function validateAccounts({ name, account, permissionsBoundaryArn, domains = [], edge }: StageConfiguration): void {
  if (account === undefined) return;
  const named = [
    ['permissionsBoundaryArn', permissionsBoundaryArn],
    ...domains.map(({ certificateArn }, index) => [`domains.${index}.certificateArn`, certificateArn] as const),
    ['edge.webAclArn', edge?.webAclArn],
  ] as const;
  for (const [field, arn] of named) {
    if (arn === undefined || [account, 'aws'].includes(accountOfArn(arn))) continue;
    throw wrong(name, field, arn, `one in ${account}, the account of the stage`);
  }
}

/**
 * A bucket of `burst` requests fills at `rate` per second. AWS's defaults hold half a second; far smaller ones reject near-simultaneous
 * requests.
 */
function validateThrottle({ name, throttle }: StageConfiguration): void {
  const { click, postback, batch, admin, ...whole } = throttle;
  const groups = [
    ['throttle', whole],
    ['throttle.click', click],
    ['throttle.postback', postback],
    ['throttle.batch', batch],
    ['throttle.admin', admin],
  ] as const;
  for (const [field, own] of groups) {
    const { rate, burst } = { ...whole, ...own };
    if (own === undefined || burst * 2 >= rate) continue;
    throw wrong(
      name,
      `${field}.burst`,
      burst,
      `at least half of the rate, ${rate}: fewer get 429 though the rate is kept`,
    );
  }
}

/** A bundle without the file would be deployed, and no report would know a country. */
function validateFiles({ name, reports: { countryFile } }: StageConfiguration): void {
  if (countryFile === undefined || existsSync(join(projectFolder, countryFile))) return;
  throw wrong(name, 'reports.countryFile', countryFile, `a file that is there, below ${projectFolder}`);
}
