import { randomInt } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { putRolePolicy, rolePoliciesOf } from '../account/identities';
import type { Credentials } from '../account/signed-request';
import { physicalName } from '../account/stack';
import { eventually } from '../eventually';
import type { Proof, Sent } from '../proof';
import type { Tracker, Verdict } from '../tracker';

const clicks = 24;
const batchRows = 30;
const patienceSeconds = 40;
const campaign = 'proof';

/** Everything that senders and visitors do, through the deployed API; each conversion must then be there once. */
export async function sendTraffic(proof: Proof, tracker: Tracker, operator: Credentials): Promise<Sent> {
  const { checks } = proof;
  checks.section('Clicks and postbacks');
  await configure(proof, tracker, operator);

  const clickIds: string[] = [];
  for (let count = 0; count < clicks; count++) clickIds.push(await tracker.click(campaign));
  checks.that('every click redirects with an ID of its own', new Set(clickIds).size === clicks, `${clicks} clicks`);
  const stored = (await tracker.rows('Clicks')).map(({ clickId }) => String(clickId));
  checks.same('every click is stored before its ID leaves', stored, clickIds, `${stored.length} rows`);

  const sale = (clickid: string, amount: string) => tracker.postback({ clickid, amount, txid: 'T1' });
  const first = await inTurn(clickIds, (id) => sale(id, '12.50'));
  expectEach(proof, 'every postback is recorded', first, 'recorded OK');
  expectEach(
    proof,
    'sent again it is a duplicate',
    await inTurn(clickIds, (id) => sale(id, '12.50')),
    'duplicate OK_DUPLICATE',
  );
  expectEach(
    proof,
    'with another amount it is a conflicting duplicate',
    await inTurn(clickIds.slice(0, 5), (id) => sale(id, '99')),
    'duplicate CONFLICTING_DUPLICATE',
  );
  const forged = clickIds.slice(0, 5).map((id) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0'));
  expectEach(
    proof,
    'a forged click ID is rejected',
    await inTurn(forged, (id) => sale(id, '1')),
    'rejected CLICK_ID_FORGED',
  );

  const rows = Array.from({ length: batchRows }, (_, at) => ({
    clickid: clickIds[at % clicks],
    amount: '1',
    txid: `B${at}`,
  }));
  const { status, taken } = await tracker.batch(campaign, rows);
  checks.that('a batch is taken', status === 202 && taken === batchRows, `${status}, ${taken} rows`);
  const delayed = await whileTableIsClosed(proof, tracker, clickIds[randomInt(clicks)] ?? '');

  const expected = [
    ...clickIds.map((id) => `${id} T1`),
    ...rows.map(({ clickid, txid }) => `${clickid ?? ''} ${txid}`),
    ...delayed,
  ];
  const seen = await eventually(
    () => conversionsOf(tracker),
    (found) => found.length >= expected.length,
    patienceSeconds,
  );
  checks.same('every conversion is stored, and once', seen, expected, `${seen.length} conversions`);
  checks.that(
    'none is stored twice',
    new Set(seen).size === seen.length,
    `${seen.length - new Set(seen).size} doubles`,
  );
  await poison(proof, tracker);
  return { clickIds, conversions: expected };
}

async function configure({ checks }: Proof, tracker: Tracker, operator: Credentials): Promise<void> {
  const auth = { token: 'off', hmac: 'off', ip: 'off' };
  const integration = { name: 'Proof', preset: 'generic', currency: 'USD', auth };
  const offers = [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}', weight: 100 }];
  const document = { name: 'Proof', integration: campaign, status: 'active', offers };
  const statuses = [
    (await tracker.admin('PUT', `/integrations/${campaign}`, operator, integration)).status,
    (await tracker.admin('PUT', `/campaigns/${campaign}`, operator, document)).status,
  ];
  checks.that('the operator makes an integration and a campaign', statuses.join() === '201,201', statuses.join(', '));
}

/** Removes the postback function's permission to write conversions for a moment: no postback of that time may be lost. */
async function whileTableIsClosed(proof: Proof, tracker: Tracker, clickid: string): Promise<readonly string[]> {
  const { emulator } = proof.account;
  const role = physicalName(tracker.stack, 'AWS::IAM::Role', 'FunctionsPostbackRole');
  const policies = await rolePoliciesOf(emulator, role);
  const closed = policies.map((policy) => ({
    ...policy,
    document: policy.document.replaceAll('dynamodb:PutItem', 'dynamodb:DescribeTable'),
  }));
  for (const policy of closed) await putRolePolicy(emulator, policy);
  const transactions = ['R1', 'R2', 'R3', 'R4', 'R5'];
  const verdicts = await inTurn(transactions, (txid) => tracker.postback({ clickid, amount: '2', txid }));
  for (const policy of policies) await putRolePolicy(emulator, policy);
  expectEach(proof, 'while it may not write it queues', verdicts, 'queued PENDING_RETRY');
  return transactions.map((txid) => `${clickid} ${txid}`);
}

/** A message that no version writes must come to rest where somebody sees it, with its reason. */
async function poison({ account, checks }: Proof, { stack }: Tracker): Promise<void> {
  const QueueUrl = physicalName(stack, 'AWS::SQS::Queue', 'RetryPathRetryQueue');
  const DeadLetterQueueUrl = physicalName(stack, 'AWS::SQS::Queue', 'RetryPathDeadLetterQueue');
  await account.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  const look = new ReceiveMessageCommand({
    QueueUrl: DeadLetterQueueUrl,
    MessageAttributeNames: ['All'],
    VisibilityTimeout: 0,
  });
  const { Messages: [letter] = [] } = await eventually(
    () => account.sqs.send(look),
    ({ Messages = [] }) => Messages.length > 0,
    patienceSeconds,
  );
  const reason = letter?.MessageAttributes?.['reason']?.StringValue ?? 'none';
  const isThere = letter?.Body === 'poison' && reason.startsWith('MESSAGE_UNREADABLE');
  checks.that('a message that cannot be read is a dead letter with its reason', isThere, reason.slice(0, 40));
}

/** Click ID and transaction of every conversion. */
export async function conversionsOf(tracker: Tracker): Promise<readonly string[]> {
  const rows = await tracker.rows('Conversions');
  // Beside a conversion there may be rows that belong to it.
  return rows
    .map((row) => `${String(row['clickId'])} ${String(row['conversionKey'])}`)
    .flatMap((key) => {
      const [, clickId, transaction] = /^(\S+) conversion#(\S+)$/.exec(key) ?? [];
      return clickId === undefined || transaction === undefined ? [] : [`${clickId} ${transaction}`];
    });
}

async function inTurn<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const item of items) verdicts.push(await act(item));
  return verdicts;
}

function expectEach({ checks }: Proof, claim: string, verdicts: readonly Verdict[], expected: string): void {
  const results = verdicts.map(({ result, reason }) => `${result} ${reason}`);
  const others = [...new Set(results.filter((one) => one !== expected))];
  checks.that(claim, others.length === 0, others.length === 0 ? `${results.length} × ${expected}` : others.join(', '));
}
