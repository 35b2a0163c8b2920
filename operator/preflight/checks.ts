import { fine, warning, wrong, type Check } from '../check';
import { throttleQuotaCode, type AccountPicture } from './account';
import type { Requirements } from './requirements';

/** Concurrency that Lambda reserves for functions without a reservation: a deployment that would leave less fails. */
const keptUnreserved = 100;
/** Below this, one burst of clicks meets the limit: new accounts begin with 10. */
const comfortableConcurrency = 500;
/** Limit of CloudWatch Logs per region. */
const logPolicyLimits = { policies: 10, characters: 5120 } as const;

/** Compares what a stage needs with what its account has, before anything is deployed. */
export function checkAccount(stage: string, needed: Requirements, account: AccountPicture): readonly Check[] {
  return [
    checkPlace(needed, account),
    checkBootstrap(needed, account),
    checkStack(stage, account),
    checkBoundary(needed, account),
    checkConcurrency(needed, account),
    checkThrottle(needed, account),
    checkLogPolicies(account),
    checkAlarmTargets(stage, needed, account),
  ];
}

function checkPlace({ account: named }: Requirements, { account, region }: AccountPicture): Check {
  const name = 'the credentials are of the right account';
  if (named === undefined || named === account) return fine(name, `${account}, ${region}`);
  const detail = `the stage names ${named}, and the credentials are of ${account}`;
  return wrong(name, detail, 'Sign in to the account of the stage, or choose a profile with --profile.');
}

function checkBootstrap({ bootstrapVersion: oldest }: Requirements, picture: AccountPicture): Check {
  const { account, region, bootstrapVersion } = picture;
  const name = 'the region is bootstrapped for the CDK';
  const fix = `npx cdk bootstrap aws://${account}/${region}, with the policies of docs/deploy.md`;
  if (bootstrapVersion === undefined)
    return wrong(name, `${region} of account ${account} has no stack CDKToolkit`, fix);
  if (bootstrapVersion < oldest) return wrong(name, `version ${bootstrapVersion}; ${oldest} is needed`, fix);
  return fine(name, `version ${bootstrapVersion} in ${region} of account ${account}`);
}

function checkStack(stage: string, { stackStatus }: AccountPicture): Check {
  const name = 'the stack can be deployed';
  if (stackStatus === undefined) return fine(name, 'this is its first deployment');
  if (stackStatus === 'ROLLBACK_COMPLETE' || stackStatus === 'ROLLBACK_FAILED') {
    const fix = `Its first deployment failed and left nothing. Delete it: aws cloudformation delete-stack --stack-name PostbackTracker-${stage}`;
    return wrong(name, `it is ${stackStatus}`, fix);
  }
  if (stackStatus === 'UPDATE_ROLLBACK_FAILED') {
    const fix = `npx cdk rollback PostbackTracker-${stage}; docs/deploy.md says what to do where that is stuck`;
    return wrong(name, `it is ${stackStatus}`, fix);
  }
  if (stackStatus.endsWith('_IN_PROGRESS')) return wrong(name, `it is ${stackStatus}`, 'Wait until that has ended.');
  return fine(name, `it is ${stackStatus}`);
}

function checkBoundary({ boundaryAccount }: Requirements, { account }: AccountPicture): Check {
  const name = 'the permissions boundary is of this account';
  if (boundaryAccount === undefined) return fine(name, 'the stage has none');
  if (boundaryAccount === account) return fine(name);
  return wrong(
    name,
    `permissionsBoundaryArn names account ${boundaryAccount}, and the credentials are of ${account}`,
    'Name the boundary of this account in bin/stages.ts, or sign in to the other account.',
  );
}

function checkConcurrency({ reservedConcurrency }: Requirements, picture: AccountPicture): Check {
  const { concurrency, reservedByStack, region } = picture;
  const name = 'functions may run often enough concurrently';
  const left = concurrency.unreserved + reservedByStack - reservedConcurrency;
  const fix = `Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}`;
  if (reservedConcurrency > 0 && left < keptUnreserved) {
    const detail = `the stage reserves ${reservedConcurrency}, which leaves ${left} of ${concurrency.limit}; Lambda keeps ${keptUnreserved} unreserved`;
    return wrong(name, detail, `Reserve less in bin/stages.ts. ${fix}`);
  }
  if (concurrency.limit < comfortableConcurrency) {
    return warning(
      name,
      `the account's limit is ${concurrency.limit} concurrent executions, for all functions together`,
      fix,
    );
  }
  return fine(name, `${left} of ${concurrency.limit} are unreserved`);
}

/** Above the account's quota API Gateway responds with 429, whatever the limits of the stage's routes. */
function checkThrottle({ requestsPerSecond }: Requirements, { throttleQuota, region }: AccountPicture): Check {
  const name = 'API Gateway takes what the routes let through';
  if (throttleQuota === undefined) {
    const fix = `Allow servicequotas:GetServiceQuota (docs/deploy/operator-policy.json), or look at the quota ${throttleQuotaCode} of API Gateway in ${region}.`;
    return warning(name, 'the quota of the account is not known', fix);
  }
  if (throttleQuota < requestsPerSecond) {
    const detail = `a route lets ${requestsPerSecond} requests a second through; the account may take ${throttleQuota} for all of its APIs`;
    const fix = `aws service-quotas request-service-quota-increase --service-code apigateway --quota-code ${throttleQuotaCode} --desired-value ${requestsPerSecond} --region ${region}`;
    return warning(name, detail, fix);
  }
  return fine(name, `${throttleQuota} requests a second, for all APIs of the account`);
}

function checkLogPolicies({ logPolicies }: AccountPicture): Check {
  const name = 'API Gateway may write access logs';
  const longest = logPolicies.toSorted((left, right) => right.characters - left.characters)[0];
  const fix = 'Merge or delete resource policies: aws logs describe-resource-policies, aws logs delete-resource-policy';
  if (longest !== undefined && longest.characters > logPolicyLimits.characters - 200) {
    const detail = `the policy ${longest.name} has ${longest.characters} characters of ${logPolicyLimits.characters}`;
    return warning(name, detail, fix);
  }
  if (logPolicies.length >= logPolicyLimits.policies) {
    return warning(name, `the region has all ${logPolicyLimits.policies} resource policies that it may have`, fix);
  }
  return fine(name);
}

function checkAlarmTargets(stage: string, { callsSomebody }: Requirements, picture: AccountPicture): Check {
  const name = 'an alarm reaches a person';
  const { pageSubscriptions } = picture;
  const setTarget = `Set alarmTargets.page of the stage ${stage} in bin/stages.ts.`;
  if (pageSubscriptions === undefined) {
    if (!callsSomebody) return warning(name, 'no target of pages is set', setTarget);
    return fine(name, 'each address is asked to confirm once it is deployed');
  }
  const { confirmed, unconfirmed } = pageSubscriptions;
  if (unconfirmed.length > 0) {
    const detail = `${unconfirmed.join(', ')} did not confirm the subscription`;
    const fix = 'Open the link in the message of AWS Notifications; it is valid for three days. Then deploy again.';
    return confirmed === 0 ? wrong(name, detail, fix) : warning(name, detail, fix);
  }
  if (confirmed > 0) return fine(name, `${confirmed} confirmed`);
  return callsSomebody
    ? fine(name, 'by a target that is no subscription')
    : warning(name, 'no one is notified', setTarget);
}
