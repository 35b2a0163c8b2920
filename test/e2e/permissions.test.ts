import { cpSync, rmSync } from 'node:fs';
import { readAssembly } from '../../local/assembly/read-assembly';
import { evaluate } from '../../local/iam/evaluate';
import type { StackModel } from '../../local/template/model';
import { readStack } from '../../local/template/read-stack';
import { denialOf } from '../../local/wire/authorize';
import type { OperationCount } from '../../local/wire/operations';
import type { Need } from '../../local/wire/message';
import { atLength } from '../support/at-length';
import { ageVisitorKeys } from './aged-visitor-keys';
import { synthesized } from './assembly';
import { leaveRelease, leaveTurns } from './begun-release';
import { clientOf, open, type Client, type Json } from './client';
import { eventually } from './eventually';
import { changedAssembly, grantsIn, sentenceOf, withoutGrant, type Grant } from './grants';
import { insiderOf, resourcesIn, resourcesOf } from './insider';
import { leaveOrphan } from './orphan';
import { newDataFolder, startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(240_000);

let assembly: string;
/** The data of a stack with a campaign, a click of it, and something for every route of the admin API to find. */
const prepared = newDataFolder();
let campaign: string;
const spare = { postback: '', row: '', replayed: '', unpaid: '', forgotten: '', indexed: '' };
let clickid: string;
let batchId: string;
let requestId: string;
/** Of an integration that was never changed: no retry can have another key, so the conversion is read by its key. */
const unchanged = { campaign: '', clickid: '' };
/** A port at which nothing listens. */
const nobody = 'https://127.0.0.1:9';
/** Of a source that is told of its conversions there. */
const told = { source: 'told', clickid: '', resent: '', crowded: '' };
const crowded = 'crowded';

type Step = () => Promise<unknown>;

/**
 * Everything there is to do, by the function that does it, so that each of its grants is used; no function needs another for it.
 * Answers are not looked at: many are rejections when a grant is missing.
 */
async function stepsOn(stack: LocalStack): Promise<Readonly<Record<string, readonly Step[]>>> {
  const client = clientOf(stack);
  const insider = await insiderOf(stack, assembly);
  const unique = String(Date.now());
  const postback = (fields: Readonly<Record<string, string>>) => client.postback({ clickid, amount: '1', ...fields });
  const { admin } = client;
  return {
    FunctionsClick: [
      () => client.call(`/c/${campaign}`),
      () => client.call(`/c/${campaign}?gclid=${unique}`),
      async () => {
        await stack.break({ kind: 'throttle', table: 'TablesClicks', function: 'FunctionsClick' });
        await client.call(`/c/${campaign}`);
        await stack.heal();
      },
    ],
    FunctionsVisitor: [
      () => client.call(`/p/${campaign}.gif?clickid=${clickid}&event=seen&txid=V${unique}`),
      () => client.call(`/p/${campaign}.gif?clickid=${insider.mint()}&event=seen`),
    ],
    FunctionsPostback: [
      () => postback({ txid: `T${unique}` }),
      () => client.postback({ clickid: unchanged.clickid, amount: '1', dry_run: '1' }),
      () => client.postback({ clickid: insider.mint() }),
      () => client.postback({ clickid: spare.postback, status: 'reversed', txid: 'R' }),
    ],
    FunctionsRetry: [
      () => insider.enqueueClick(campaign),
      () => insider.enqueueRow(campaign, { clickid, amount: '1', txid: `B${unique}` }),
      () => insider.enqueueRow(unchanged.campaign, { clickid: unchanged.clickid, dry_run: '1' }),
      () => insider.enqueueRow(campaign, { clickid: insider.mint() }),
      () => insider.enqueueRow(campaign, { clickid: spare.row, status: 'reversed', txid: 'R' }),
      () => stack.enqueue('poison'),
      () => stack.enqueue(unopened(requestId)),
    ],
    FunctionsAdmin: [
      () => admin('PUT', `/integrations/i-${unique}`, { name: 'Another', preset: 'generic' }),
      () => admin('POST', `/integrations/${campaign}/credentials`),
      () => admin('GET', `/integrations/${campaign}/keys`),
      () => admin('GET', `/integrations/${campaign}?history=1`),
      () => admin('GET', `/conversions?clickId=${clickid}`),
      () => admin('GET', '/conversions?transactionId=U'),
      () => admin('GET', '/postbacks?limit=5'),
      () => admin('GET', `/postbacks/${requestId}`),
      () => admin('GET', `/batches/${batchId}`),
      () => admin('POST', '/test-clicks', { campaign }),
      () => admin('POST', '/postbacks/replay', { filter: { clickId: clickid }, dryRun: true }),
      () => admin('POST', '/postbacks/replay', { filter: { clickId: clickid } }),
      () => admin('POST', '/postbacks/replay', { filter: { clickId: spare.replayed } }),
      // What was recorded without an amount is looked up by its key.
      () => admin('POST', '/postbacks/replay', { filter: { warning: 'AMOUNT_MISSING' } }),
      () => admin('GET', `/reports?from=${today}&to=${today}&group=campaign`),
      () => admin('GET', '/reports/audit/stored'),
      // A click of last week is in the data: it is counted anew.
      async () => {
        const { body } = await admin('POST', '/reports/recount', { purpose: 'rebuild' });
        for (let step = 0; step < 3; step++) await admin('POST', '/reports/recount/step', { id: body['id'] });
        await admin('POST', '/reports/recount/take', { id: body['id'] });
      },
      async () => {
        const { body } = await admin('POST', '/reports/recount', { purpose: 'repair' });
        await admin('POST', '/reports/recount/discard', { id: body['id'] });
      },
      () => admin('GET', `/deliveries?source=${told.source}`),
      () => admin('GET', `/deliveries?clickId=${told.clickid}`),
      () => admin('GET', `/deliveries/${told.resent}`),
      () => admin('POST', `/deliveries/${told.resent}/resend`),
      () => admin('POST', `/sources/${told.source}/test`),
      () => admin('DELETE', `/clicks/${clickid}`),
      () => admin('POST', '/dead-letters/redrive', { limit: 1 }),
      () => admin('GET', '/dead-letters'),
    ],
    // Where it is not let at something it throws, and the rule's run is an error.
    FunctionsWatchdog: [() => stack.runSchedule('WatchdogSchedule').catch(() => undefined)],
    // A click that waits to be counted is in the data, and a transaction that waits to be forgotten.
    FunctionsCount: [],
    FunctionsCompact: [() => stack.runSchedule('CompactionSchedule').catch(() => undefined)],
    // A delivery whose next attempt is due is in the data, and a source whose held deliveries are to be released.
    FunctionsDispatch: [
      () => client.postback({ clickid: told.clickid, amount: '1', txid: `S${unique}` }),
      () => stack.runSchedule('DispatchingSchedule').catch(() => undefined),
    ],
    FunctionsDeliver: [
      () => client.postback({ clickid: told.clickid, amount: '1', txid: `D${unique}` }),
      () => client.postback({ clickid: told.crowded, amount: '1', txid: `D${unique}` }),
    ],
  };
}

const today = new Date().toISOString().slice(0, 10);

/** A queued postback that nobody can open: it is put aside, and the log says so. */
const unopened = (id: string): string =>
  JSON.stringify({ version: 1, kind: 'postback', requestId: id, reason: 'PENDING_RETRY', sealed: 'AAAA' });

const lastWeek = 7 * 86_400_000;

async function prepare(): Promise<void> {
  const stack = await startLocalStack({ assembly, dataFolder: prepared, allowedDestinations: [nobody] });
  const client = clientOf(stack);
  const insider = await insiderOf(stack, assembly);
  await insider.storeClick('long-ago', Date.now() - lastWeek);
  campaign = await client.campaign({ campaign: { browser: { origins: ['https://shop.example'] } } });
  clickid = await client.click(campaign);
  unchanged.campaign = await client.campaign();
  unchanged.clickid = await client.click(unchanged.campaign);
  // Clicks without a conversion: a reversal of one waits for its sale, and marks the click.
  for (const name of ['postback', 'row', 'replayed', 'unpaid', 'forgotten', 'indexed'] as const)
    spare[name] = await client.click(campaign);
  const sent = await client.call(`/postbacks/${campaign}`, { method: 'POST', body: '[{"amount":"1"}]' });
  batchId = String(sent.body['batchId']);
  // A word that nobody had mapped when it came, and that is mapped now: a replay mends it.
  const refused = await client.postback({ clickid, amount: '1', status: 'frobbed' });
  requestId = String(refused.body['requestId']);
  await client.postback({ clickid: spare.replayed, status: 'withdrawn', txid: 'R' });
  await client.postback({ clickid: spare.unpaid, txid: 'U' });
  await client.postback({ clickid: spare.indexed, amount: '1', txid: 'O' });
  const { version } = (await client.admin('GET', `/integrations/${campaign}`)).body;
  const integration = { name: 'Mended', preset: 'generic', currency: 'USD', auth: open };
  const statuses = { frobbed: 'approved', withdrawn: 'reversed' };
  await client.admin('PUT', `/integrations/${campaign}`, { ...integration, statuses, version });
  for (const name of ['one', 'two', 'three']) await stack.enqueue(`poison ${name}`);
  await eventually('the poison is dead', async () => {
    const { retry, dead } = await stack.queued();
    return retry === 0 && dead === 3;
  });
  await tellSource(client);
  const transactions = async (): Promise<number> =>
    (await stack.operations())
      .filter(({ function: by, operation }) => by === 'FunctionsCount' && operation === 'TransactWriteItems')
      .reduce((sum, { count }) => sum + count, 0);
  await eventually('something is counted', async () => (await transactions()) > 1);
  const counted = await transactions();
  await client.admin('DELETE', `/clicks/${spare.forgotten}`);
  await eventually('an erasure waits for compaction', async () => (await transactions()) > counted);
  await stack.break({ kind: 'error500', service: 'dynamodb', operation: 'DeleteItem', function: 'FunctionsCount' });
  await client.admin('DELETE', `/clicks/${spare.indexed}`);
  await stack.break({ kind: 'error500', service: 's3', operation: 'PutObject', function: 'FunctionsCount' });
  await client.click(campaign, '?source=news&cost=0.05');
  await stack.end();
  leaveOrphan(prepared);
  ageVisitorKeys(prepared);
  leaveRelease(prepared);
  leaveTurns(prepared, crowded);
}

/** Leaves two deliveries that were tried and are due again: one is to be resent, and one to be found by the schedule. */
async function tellSource(client: Client): Promise<void> {
  const url = `${nobody}/?id={clickid}&campaign={param:their_campaign}&key={secret:key}`;
  const document = { name: 'Told', postbacks: [{ id: 'main', when: 'every-change', url }] };
  const put = await client.admin('PUT', `/sources/${told.source}`, document);
  if (put.status >= 300) throw new Error(put.text);
  await client.admin('PUT', `/sources/${told.source}/secrets/key`, { value: 'a secret of the source' });
  told.clickid = await client.click(campaign, `?source=${told.source}&their_campaign=7`);
  const other = { name: 'Crowded', postbacks: [{ id: 'main', when: 'first', url: `${nobody}/?id={clickid}` }] };
  await client.admin('PUT', `/sources/${crowded}`, other);
  told.crowded = await client.click(campaign, `?source=${crowded}`);
  for (const txid of ['T', 'U']) await client.postback({ clickid: told.clickid, amount: '1', txid });
  await eventually('deliveries are due again', async () => {
    const { items } = await client.admin('GET', `/deliveries?clickId=${told.clickid}`);
    told.resent = String(items[0]?.['id']);
    const isDue = ({ attempts, dueAt }: Json): boolean => attempts === 1 && Date.parse(String(dueAt)) <= Date.now();
    return items.length === 2 && items.every(isDue);
  });
}

async function withStack<Result>(
  change: Parameters<typeof changedAssembly>[1],
  run: (stack: LocalStack) => Promise<Result>,
): Promise<Result> {
  const changed = changedAssembly(assembly, change);
  const dataFolder = newDataFolder();
  cpSync(prepared, dataFolder, { recursive: true });
  try {
    const stack = await startLocalStack({ assembly: changed, dataFolder });
    try {
      return await run(stack);
    } finally {
      await stack.end();
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(changed, { recursive: true, force: true });
  }
}

/** The stack as `npm start` would run it, but for what `change` does to its template. Throws what it would be rejected with. */
function stackOf(change: Parameters<typeof changedAssembly>[1]): StackModel {
  const read = readAssembly(assembly);
  change(resourcesIn(read));
  return readStack(read, 'http://127.0.0.1:9');
}

/** What a function may do in one stack, and no longer in another. */
function needsAlone(before: StackModel, after: StackModel, by: string): readonly Need[] {
  const statementsOf = ({ functions }: StackModel) => functions.find(({ label }) => label === by)?.statements ?? [];
  return statementsOf(before)
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) =>
        resources.map((resource) => ({ action, resourceArn: resource.replaceAll('*', 'any') })),
      ),
    )
    .filter(({ action, resourceArn }) => evaluate(statementsOf(after), action, resourceArn) !== 'allowed');
}

/**
 * The grants that a call at the wire needs. A transaction is of Puts, those that compaction and recounts make also of others; a batch of messages needs what each
 * of them needs. A query of Athena is of the workgroup that began it.
 */
function neededFor({ function: by, service, operation, target }: OperationCount): readonly string[] {
  const alone = service === 'sqs' ? operation.replace(/Batch$/, '') : operation;
  const isOfFacts = by === 'FunctionsCompact' || (by === 'FunctionsAdmin' && /Facts/.test(target));
  const written = isOfFacts ? ['PutItem', 'DeleteItem', 'UpdateItem'] : ['PutItem'];
  const actions = alone === 'TransactWriteItems' ? written : [alone === 'ListObjectsV2' ? 'ListBucket' : alone];
  const targets = service === 'athena' ? ['ReportsWorkGroup'] : target.split('+');
  return targets.flatMap((resource) =>
    actions.map((action) => sentenceOf({ function: by, action: `${service}:${action}`, resource })),
  );
}

const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** What Lambda itself does with the queue of its function, out of sight of the function. */
const isOfThePoller = ({ function: by, action }: Grant): boolean =>
  ['FunctionsRetry', 'FunctionsDeliver'].includes(by) && pollerActions.includes(action);

const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const isOfAStream = ({ action }: Grant): boolean => streamActions.includes(action);
/** What Athena does in the name of the function that asks it; where it may not, the query says so. */
const isOfAthena = ({ function: by, action }: Grant): boolean =>
  by === 'FunctionsAdmin' && /^(?:glue|s3):/.test(action);

/** What EventBridge does in the name of a schedule. */
const isOfASchedule = ({ action }: Grant): boolean => action === 'lambda:InvokeFunction';

/** What is done by a service, and not by the function whose grant it is. */
const isOfAService = (grant: Grant): boolean =>
  isOfThePoller(grant) || isOfAStream(grant) || isOfAthena(grant) || isOfASchedule(grant);

/** Whether the stack has said that a function was denied just this. */
const hasDenied = (stack: LocalStack, { function: by, action, resource }: Grant): boolean =>
  stack
    .output()
    .split('\n')
    .filter((line) => line.includes(`${by}: AccessDeniedException: `))
    // A bucket is spelled in small letters, and a workgroup is called like the stack.
    .some(
      (line) => line.includes(`${action} on resource`) && new RegExp(spelled[resource] ?? resource, 'i').test(line),
    );
const spelled: Readonly<Record<string, string>> = { ReportsWorkGroup: ':workgroup/' };

/** What a postback recorded is dispatched, and what is dispatched is delivered. */
const reporting: readonly string[] = ['FunctionsPostback', 'FunctionsDispatch', 'FunctionsDeliver'];

beforeAll(async () => {
  assembly = await synthesized('dev');
  await prepare();
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

describe('the grants of the template', () => {
  let seen: readonly OperationCount[];
  let said: string;
  beforeAll(async () => {
    await withStack(
      () => undefined,
      async (stack) => {
        for (const steps of Object.values(await stepsOn(stack))) for (const step of steps) await step();
        await eventually('the queue’s function has done it all', async () => {
          const done = (await stack.operations())
            .filter(({ function: by }) => by === 'FunctionsRetry')
            .map(({ operation, target }) => `${operation} ${target}`);
          return ['SendMessage', 'ChangeMessageVisibility', 'GetItem TablesConversions', 'PutItem TablesConversions']
            .concat('PutItem TablesClicks', 'PutItem TablesPostbackLog', 'Query TablesConversions')
            .concat('UpdateItem TablesClicks', 'UpdateItem TablesPostbackLog')
            .every((wanted) => done.some((one) => one.startsWith(wanted)));
        });
        await eventually('what waited is counted, and the transaction forgotten', async () => {
          const done = (await stack.operations())
            .filter(({ function: by }) => by === 'FunctionsCount')
            .map(({ operation, target }) => `${operation} ${target}`);
          return ['GetItem TablesConfig', 'DeleteItem FactsTable'].every((wanted) => done.includes(wanted));
        });
        await eventually('what is due is told', async () => {
          const done = (await stack.operations()).map((one) => `${one.function} ${one.operation} ${one.target}`);
          return ['FunctionsDispatch PutItem', 'FunctionsDispatch UpdateItem', 'FunctionsDispatch SendMessage']
            .concat('FunctionsDeliver Query OutboundTable', 'FunctionsDeliver ChangeMessageVisibility')
            .every((wanted) => done.some((one) => one.startsWith(wanted)));
        });
        [seen, said] = [await stack.operations(), stack.output()];
      },
    );
  });

  test('are all that the functions ask for', () => {
    const granted = grantsIn(assembly).map(sentenceOf);
    const needed = seen.filter(({ function: by }) => by !== 'unknown').flatMap(neededFor);

    expect(needed.filter((one) => !granted.includes(one))).toEqual([]);
    expect(said).not.toContain('AccessDenied');
  });

  test('are all used: none is there for nothing', () => {
    const needed = new Set(seen.flatMap(neededFor));
    const unused = grantsIn(assembly).filter((grant) => !isOfAService(grant) && !needed.has(sentenceOf(grant)));

    expect(unused.map(sentenceOf)).toEqual([]);
  });

  test('name what they grant: no wildcard, neither in an action nor in a resource', () => {
    expect(grantsIn(assembly).filter(({ action, resource }) => `${action}${resource}`.includes('*'))).toEqual([]);
    // IAM knows no smaller resource for the names of streams.
    const everything = grantsIn(assembly).filter(({ resource }) => resource === 'everything');
    expect([...new Set(everything.map(({ action }) => action))]).toEqual(['dynamodb:ListStreams']);
  });

  test('are each missed by name where they are missing: no other grant lets the function do the same', () => {
    const before = stackOf(() => undefined);
    const grants = grantsIn(assembly).filter((one) => !isOfAService(one));
    const wrong = grants.flatMap((grant) => {
      const after = stackOf(withoutGrant(grant));
      const needs = needsAlone(before, after, grant.function);
      const caller = after.functions.find(({ label }) => label === grant.function);
      const denials = needs.map((need) => caller && denialOf({ needs: [need] }, caller, after));
      const isNamed = ({ action, resourceArn }: Need, at: number): boolean =>
        denials[at]?.endsWith(
          `${action} on resource: ${resourceArn} because no identity-based policy allows the ${action} action`,
        ) === true;
      return needs.length > 0 && needs.every(isNamed) ? [] : [sentenceOf(grant)];
    });

    expect(grants.length).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
  });

  // A running stack for each round.
  test('are each missed by name in a running stack where they are missing', async () => {
    // One grant of each function at a time, and one of those that need each other for their steps.
    const apart = new Map<string, Grant[]>();
    for (const grant of grantsIn(assembly).filter((one) => !isOfAService(one))) {
      const by = reporting.includes(grant.function) ? 'reporting' : grant.function;
      apart.set(by, [...(apart.get(by) ?? []), grant]);
    }
    const longest = Math.max(...[...apart.values()].map(({ length }) => length));
    const rounds = Array.from({ length: atLength(longest, 2) }, (_, round) =>
      [...apart.values()].flatMap((grants) => grants[round] ?? []),
    );
    const notMissed: string[] = [];
    const worker = async (): Promise<void> => {
      for (let grants = rounds.pop(); grants !== undefined; grants = rounds.pop()) {
        notMissed.push(...(await notMissedOf(grants)));
      }
    };
    await Promise.all([worker(), worker()]);

    expect(notMissed).toEqual([]);
  });

  async function notMissedOf(grants: readonly Grant[]): Promise<readonly string[]> {
    const without = (resources: Parameters<ReturnType<typeof withoutGrant>>[0]): void =>
      grants.forEach((grant) => withoutGrant(grant)(resources));
    return withStack(without, async (stack) => {
      const steps = await stepsOn(stack);
      const isMissed = async (grant: Grant): Promise<boolean> => {
        // On a busy machine a function may have no time left for a call: its steps are repeated.
        for (let times = 0; times < 3; times++) {
          for (const step of steps[grant.function] ?? []) {
            await step();
            if (hasDenied(stack, grant)) return true;
          }
        }
        return eventually(sentenceOf(grant), async () => hasDenied(stack, grant)).catch(() => false);
      };
      const missed = await Promise.all(grants.map(isMissed));
      return grants.filter((_, at) => missed[at] === false).map(sentenceOf);
    });
  }

  test('without lambda:InvokeFunction of its role a schedule may not run its function, and the others may', () => {
    for (const grant of grantsIn(assembly).filter(isOfASchedule)) {
      const { schedules } = stackOf(withoutGrant(grant));
      const denied = schedules.filter(({ permitted }) => !permitted).map(({ label }) => label);
      expect(denied).toEqual([grant.function]);
    }
    expect(grantsIn(assembly).filter(isOfASchedule)).toHaveLength(3);
  });

  test.each(pollerActions)('without %s of its queue the event source mapping is rejected, as AWS would', (action) => {
    const grant = grantsIn(assembly).find((one) => isOfThePoller(one) && one.action === action);
    if (grant === undefined) throw new Error(`nobody has ${action}`);

    expect(() => stackOf(withoutGrant(grant))).toThrow(
      `does not have permissions to call ${action.replace('sqs:', '')} on SQS`,
    );
  });
});

describe('without', () => {
  test.each(streamActions)('%s of its stream the mapping of count is rejected, as AWS would', (action) => {
    const grant = grantsIn(assembly).find((one) => one.action === action);
    if (grant === undefined) throw new Error(`nobody has ${action}`);
    expect(() => stackOf(withoutGrant(grant))).toThrow('Cannot access stream');
  });

  test('its Lambda permission every route answers 500 and is named', async () => {
    const resources = Object.entries(resourcesOf(assembly));
    const permissions = resources.filter(([, { Type }]) => Type === 'AWS::Lambda::Permission').map(([id]) => id);
    const routes = resources
      .filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Route')
      .map(([, { Properties }]) => String(Properties['RouteKey']));
    expect(permissions.length).toBeGreaterThan(0);

    const withoutPermissions: Parameters<typeof withStack>[0] = (all) => {
      for (const id of permissions) delete all[id];
    };
    await withStack(withoutPermissions, async (stack) => {
      for (const route of routes) {
        const [method = '', path = ''] = route.split(' ');
        const target = path.replace(/\{\w+\}/, campaign).replace(/\{\w+\+\}/, `${campaign}/`);
        const isDefault = route === '$default';
        const { status } = await clientOf(stack).call(isDefault ? '/Postback' : target, {
          method: isDefault || method === 'ANY' ? 'GET' : method,
        });
        expect([route, status]).toEqual([route, 500]);
        await eventually(`the stack names ${route}`, async () =>
          stack.output().includes(`${route} answers 500: no AWS::Lambda::Permission`),
        );
      }
    });
  });

  test('its event source mapping the queue is never worked off', async () => {
    const withoutMapping: Parameters<typeof withStack>[0] = (resources) => {
      for (const [id, { Type }] of Object.entries(resources)) {
        if (Type === 'AWS::Lambda::EventSourceMapping') delete resources[id];
      }
    };
    await withStack(withoutMapping, async (stack) => {
      const client = clientOf(stack);
      const body = JSON.stringify([{ clickid, amount: '1', txid: 'never' }]);

      expect((await client.call(`/postbacks/${campaign}`, { method: 'POST', body })).status).toBe(202);
      // With it such a row is recorded in a moment; without it nobody has even asked for the message.
      expect((await client.postback({ clickid, amount: '1', txid: 'at once' })).body['result']).toBe('recorded');
      expect(await stack.queued()).toMatchObject({ retry: 1 });
      expect((await stack.operations()).filter(({ function: by }) => by === 'FunctionsRetry')).toEqual([]);
    });
  });
});
