import { deadLetterAttribute } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { countsIn } from '../lambdas/adapters/support/captured-lines';
import { synthesized } from './assembly';
import { clientOf, type Client, type Reply } from './client';
import { eventually } from './eventually';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(90_000);

let stack: LocalStack;
let client: Client;
let spring: string;

beforeAll(async () => {
  const assembly = await synthesized('prod');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  spring = await client.campaign();
  // So that configuration and secret are in memory, as they are in a function that lives.
  await client.postback({ clickid: await client.click(spring), amount: '1' });
});
afterEach(() => stack.heal());
afterAll(() => stack.remove());

const verdictOf = ({ status, body }: Reply) => [status, body['result'], body['reason']];
const recorded = [200, 'recorded', 'OK'];
const conversionOf = (clickid: string) =>
  eventually(`the conversion of ${clickid} is recorded`, async () => {
    const kept = await client.conversions(clickid);
    return kept.length > 0 && kept;
  });
/** Nothing waits any more: what was queued has been worked off. */
async function countedAs(name: string): Promise<number | undefined> {
  return countsIn((await stack.metrics()).map(({ record }) => record))[name];
}

const drained = () => eventually('the queue is empty', async () => (await stack.queued()).retry === 0);

describe('clicks', () => {
  test.each(['throttle', 'error500', 'reset', 'hang'] as const)(
    'under %s of their table are redirected, stored by way of the queue, and their postbacks recorded',
    async (kind) => {
      await stack.break({ kind, table: 'TablesClicks', function: 'FunctionsClick' });
      const clicks = await Promise.all(Array.from({ length: 4 }, () => client.click(spring)));
      const answers = await Promise.all(clicks.map((clickid) => client.postback({ clickid, amount: '3' })));
      await stack.heal();

      // Some postbacks may have come before their click left the queue: those wait for it.
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 202)).toEqual([]);
      for (const clickid of clicks) expect(await conversionOf(clickid)).toMatchObject([{ amount: '3' }]);
    },
  );

  test('under a write that is done and told to nobody are one click', async () => {
    await stack.break({ kind: 'commit-then-reset', table: 'TablesClicks', operation: 'PutItem', count: 1 });
    const clickid = await client.click(spring);

    expect(verdictOf(await client.postback({ clickid, amount: '3' }))).toEqual(recorded);
    expect((await stack.faults()).map(({ hits }) => hits)).toEqual([1]);
  });

  test('under the loss of table and queue are redirected all the same, and counted as lost', async () => {
    await stack.break(
      { kind: 'throttle', table: 'TablesClicks', function: 'FunctionsClick' },
      { kind: 'throttle', service: 'sqs', function: 'FunctionsClick' },
    );
    const clickid = await client.click(spring);

    expect(clickid).toMatch(/^\w{32}$/);
    await eventually('the lost click is counted', async () => countedAs(metric.clickLost));
  });
});

describe('postbacks', () => {
  test.each(['throttle', 'error500', 'reset', 'refuse', 'hang'] as const)(
    'under %s of the Conversions table are acknowledged, and recorded exactly once when it ends',
    async (kind) => {
      const clickid = await client.click(spring);
      await stack.break({ kind, table: 'TablesConversions', function: 'FunctionsPostback' });
      const answer = await client.postback({ clickid, amount: '4', txid: kind });

      expect(verdictOf(answer)).toEqual([202, 'queued', 'PENDING_RETRY']);
      expect(await conversionOf(clickid)).toMatchObject([{ amount: '4', transactionId: kind }]);
      const row = await eventually('its log row tells how it ended', async () => {
        const found = await client.logRow(answer.body['requestId']);
        return found['result'] === 'recorded' && found;
      });
      expect(row).toMatchObject({ attempts: 2, httpStatus: 200 });
      await stack.heal();
      const again = await client.postback({ clickid, amount: '4', txid: kind });
      expect(verdictOf(again)).toEqual([200, 'duplicate', 'OK_DUPLICATE']);
      expect(await client.conversions(clickid)).toHaveLength(1);
    },
  );

  test('whose write is done and told to nobody are recorded, and exactly one', async () => {
    const clickid = await client.click(spring);
    await stack.break({ kind: 'commit-then-reset', table: 'TablesConversions', operation: 'PutItem', count: 1 });

    expect(verdictOf(await client.postback({ clickid, amount: '5' }))).toEqual(recorded);
    expect((await stack.faults()).map(({ hits }) => hits)).toEqual([1]);
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '5' }]);
  });

  test.each(['increment', 'separate', 'update'])(
    'in the mode %s whose write is done and told to nobody, however often, count once',
    async (mode) => {
      const campaign = await client.campaign({ integration: { duplicates: { default: mode } } });
      const clickid = await client.click(campaign);
      await client.postback({ clickid, amount: '1', txid: 'A' });
      await stack.break({ kind: 'commit-then-reset', table: 'TablesConversions', function: 'FunctionsPostback' });

      const answer = await client.postback({ clickid, amount: '2', txid: 'A' });
      expect(verdictOf(answer)).toEqual([202, 'queued', 'PENDING_RETRY']);
      const row = await eventually('it is judged again', async () => {
        const found = await client.logRow(answer.body['requestId']);
        return found['result'] !== 'queued' && found;
      });
      const kept = await client.conversions(clickid);
      const total = kept.reduce((sum, { amount }) => sum + Number(amount), 0);
      expect([row['result'], total]).toEqual(
        {
          increment: ['updated', 3],
          separate: ['recorded', 3],
          update: ['updated', 2],
        }[mode],
      );
    },
  );

  test('under the loss of table and queue are told that nothing was kept, and nothing was', async () => {
    const clickid = await client.click(spring);
    await stack.break(
      { kind: 'throttle', table: 'TablesConversions' },
      { kind: 'throttle', service: 'sqs', function: 'FunctionsPostback' },
    );
    const answer = await client.postback({ clickid, amount: '6' });

    expect(verdictOf(answer)).toEqual([503, 'error', 'SYSTEM_ERROR']);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    await stack.heal();
    expect(await client.conversions(clickid)).toEqual([]);
    // The sender does as it was told.
    expect(verdictOf(await client.postback({ clickid, amount: '6' }))).toEqual(recorded);
  });

  test('whose log row is rejected are recorded, and get their row from the queue', async () => {
    const clickid = await client.click(spring);
    await stack.break({ kind: 'throttle', table: 'TablesPostbackLog', function: 'FunctionsPostback' });
    const answer = await client.postback({ clickid, amount: '7' });

    expect(verdictOf(answer)).toEqual(recorded);
    await eventually('its row is in the log', async () => {
      const row = await client.logRow(answer.body['requestId']);
      return row['result'] === 'recorded';
    });
  });

  test('under the loss of a tenth of all calls are never acknowledged and lost, nor counted twice', async () => {
    const clicks = await Promise.all(Array.from({ length: 12 }, () => client.click(spring)));
    await stack.break(
      { kind: 'commit-then-reset', rate: 0.1, service: 'dynamodb' },
      { kind: 'reset', rate: 0.1, service: 'dynamodb' },
      { kind: 'throttle', rate: 0.1 },
    );
    const sent = clicks.flatMap((clickid) => ['A', 'B'].map((txid) => ({ clickid, txid, amount: '1' })));
    const answers = await Promise.all(
      sent.map(async (fields) => {
        for (;;) {
          const answer = await client.postback(fields);
          if (answer.status < 500) return answer;
        }
      }),
    );
    await stack.heal();

    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 202)).toEqual([]);
    await drained();
    for (const clickid of clicks) {
      const kept = await client.conversions(clickid);
      expect(kept.map(({ transactionId, amount }) => [transactionId, amount])).toEqual([
        ['A', '1'],
        ['B', '1'],
      ]);
    }
    const outcomes = await Promise.all(answers.map(({ body }) => client.logRow(body['requestId'])));
    expect(outcomes.map(({ result }) => result)).toEqual(
      sent.map(() => expect.stringMatching(/^(recorded|duplicate)$/)),
    );
  });
});

test('a message that nobody can read ends in the dead letter queue, with its reason', async () => {
  await stack.enqueue('{"kind":"poison"}');

  const [letter] = await eventually('it is dead', async () => {
    const letters = await stack.deadLetters();
    return letters.length > 0 && letters;
  });
  expect(letter).toMatchObject({
    body: '{"kind":"poison"}',
    attributes: {
      [deadLetterAttribute.reason]: expect.stringMatching(/^MESSAGE_UNREADABLE/),
      [deadLetterAttribute.firstFailedAt]: expect.stringMatching(/^\d{4}-/),
      [deadLetterAttribute.lastFailedAt]: expect.stringMatching(/^\d{4}-/),
    },
  });
  // The function counts it after it has sent it.
  expect(await eventually('it is counted', async () => countedAs(metric.messageDeadLettered))).toBe(1);
});

test('a dead letter that somebody looks at is still there afterwards', async () => {
  const { status, items } = await client.admin('GET', '/dead-letters');

  expect([status, items]).toEqual([200, [expect.objectContaining({ reason: 'MESSAGE_UNREADABLE', kind: 'unknown' })]]);
  expect((await stack.deadLetters()).map(({ body }) => body)).toEqual(['{"kind":"poison"}']);
});

test('nothing has ended in the dead letter queue but the poison, and every metric is one of the contract', async () => {
  await drained();

  expect(await stack.queued()).toEqual({ retry: 0, dead: 1 });
  expect(Object.keys(countsIn((await stack.metrics()).map(({ record }) => record))).length).toBeGreaterThan(5);
});
