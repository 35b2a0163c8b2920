import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { newDataFolder, startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

const dataFolder = newDataFolder();
let stack: LocalStack;
let client: Client;

async function start(): Promise<void> {
  stack = await startLocalStack({ assembly: await synthesized('dev'), dataFolder });
  client = clientOf(stack);
}
beforeAll(start);
afterAll(() => stack.remove());

test('a click leads to the offer, its postback is recorded once, and both sendings are in the log', async () => {
  const campaign = await client.campaign();

  const { status, headers } = await client.call(`/c/${campaign}?source=newsletter&sub1=a%20b`);
  const landing = new URL(headers.get('location') ?? '');
  const clickid = landing.searchParams.get('sub') ?? '';
  expect([status, headers.get('cache-control'), landing.host]).toEqual([302, 'no-store', 'shop.example']);
  expect(clickid).toMatch(/^[0-9a-z]{32}$/);

  const first = await client.postback({ clickid, amount: '12.50', status: 'approved' });
  expect(first).toMatchObject({
    status: 200,
    body: { result: 'recorded', reason: 'OK', conversion: { amount: '12.5' } },
  });
  const again = await client.postback({ clickid, amount: '12.50', status: 'approved' });
  expect(again).toMatchObject({ status: 200, body: { result: 'duplicate', reason: 'OK_DUPLICATE' } });

  expect(await client.conversions(clickid)).toEqual([
    expect.objectContaining({ clickId: clickid, amount: '12.5', currency: 'USD', status: 'approved' }),
  ]);
  const { items } = await client.admin('GET', `/postbacks?integration=${campaign}&clickId=${clickid}`);
  expect(items.map(({ requestId, result }) => [requestId, result])).toEqual([
    [again.body['requestId'], 'duplicate'],
    [first.body['requestId'], 'recorded'],
  ]);
});

test('every request has its row in the log, with its verdict, without its secrets', async () => {
  const campaign = await client.campaign();
  const clickid = await client.click(campaign);
  const secrets = { token: 'tell-no-one', api_key: 'tell-no-one', email: 'jo@example.com', ip: '198.51.100.9' };
  const answers = [
    await client.postback({ clickid, amount: '1', ...secrets }),
    await client.postback({ clickid, amount: '1,5', ...secrets }),
    await client.postback({ clickid: `${clickid}x`, ...secrets }, `/postback/${campaign}`),
    await client.postback({ clickid, amount: '1', dry_run: '1', ...secrets }),
    await client.call('/postback', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer tell-no-one' },
      body: JSON.stringify({ clickid, amount: 2, txid: 'json', signature: 'tell-no-one' }),
    }),
  ];

  for (const { status, body } of answers) {
    const row = await client.logRow(body['requestId']);
    expect(row).toMatchObject({ result: body['result'], reason: body['reason'], httpStatus: status });
    expect(JSON.stringify(row)).not.toMatch(/tell-no-one|jo@example|198\.51\.100\.9/);
    expect(row['raw']).toContain('***');
  }
});

test('the way here answers a ping', async () => {
  expect(await client.call('/ping')).toMatchObject({ status: 200, body: { result: 'pong' } });
});

test('what was acknowledged survives the death of the whole stack', async () => {
  const campaign = await client.campaign();
  const clicks = await Promise.all(Array.from({ length: 5 }, () => client.click(campaign)));
  const answers = await Promise.all(clicks.map((clickid) => client.postback({ clickid, amount: '1.10', txid: 'T' })));
  expect(answers.map(({ body }) => body['result'])).toEqual(Array.from({ length: 5 }, () => 'recorded'));
  await stack.break({ kind: 'throttle', table: 'TablesConversions' });
  const waiting = await client.click(campaign);
  expect(await client.postback({ clickid: waiting, amount: '2' })).toMatchObject({ status: 202 });

  await stack.end('SIGKILL');
  await start();

  for (const clickid of clicks) {
    expect(await client.conversions(clickid)).toMatchObject([{ amount: '1.1', transactionId: 'T' }]);
    expect((await client.postback({ clickid, amount: '1.10', txid: 'T' })).body['result']).toBe('duplicate');
  }
  await eventually('the queued postback is recorded', async () => (await client.conversions(waiting)).length === 1);
});
