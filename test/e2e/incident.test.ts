import { trackerIn, type Tracker } from '../cli/support/run-tracker';
import { synthesized } from './assembly';
import { clientOf, type Client } from './client';
import { eventually } from './eventually';
import { insiderOf } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(120_000);

/** An incident as on-call meets it, with nothing but the command line and what it says to type next. */
let stack: LocalStack;
let client: Client;
let tracker: Tracker;
let acme: string;
/** Every conversion that somebody is owed: click ID and transaction ID. */
const owed: string[] = [];

beforeAll(async () => {
  const assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  tracker = trackerIn({ TRACKER_URL: stack.url });
  acme = await client.campaign();
  await rejectPostbacks(8);
  await giveUpOnPostbacks(3, assembly);
  await queuePostbacks(2);
});
afterAll(() => stack.remove());

async function owe(transactionId: string): Promise<{ readonly clickid: string; readonly txid: string }> {
  const clickid = await client.click(acme);
  owed.push(`${clickid} ${transactionId}`);
  return { clickid, txid: transactionId };
}

/** The sender has a new word for what it pays, and nobody has told the tracker. */
async function rejectPostbacks(number: number): Promise<void> {
  for (let at = 1; at <= number; at++) {
    const { body } = await client.postback({ ...(await owe(`refused-${at}`)), amount: '2', status: 'won' });
    expect(body).toMatchObject({ result: 'rejected', reason: 'STATUS_UNKNOWN' });
  }
}

/** Acknowledged postbacks as the retry function leaves them after two hours in which no table took them. */
async function giveUpOnPostbacks(number: number, assembly: string): Promise<void> {
  const toDeadLetters = async (body: string): Promise<void> => {
    const url = `${stack.url}/_local/messages?queue=RetryPathDeadLetterQueue`;
    expect(await fetch(url, { method: 'POST', body })).toMatchObject({ status: 200 });
  };
  const { enqueueRow } = await insiderOf({ ...stack, enqueue: toDeadLetters }, assembly);
  for (let at = 1; at <= number; at++) await enqueueRow(acme, { ...(await owe(`dead-${at}`)), amount: '2' });
}

/** The table of conversions takes no writes, from now on until somebody mends it. */
async function queuePostbacks(number: number): Promise<void> {
  await stack.break({ kind: 'throttle', table: 'TablesConversions' });
  for (let at = 1; at <= number; at++) {
    const { status } = await client.postback({ ...(await owe(`queued-${at}`)), amount: '2' });
    expect(status).toBe(202);
  }
}

/** What is stored, read click by click and not by the log that the command line works on. */
async function stored(): Promise<readonly string[]> {
  const clickIds = owed.map((one) => one.split(' ')[0] ?? '');
  const all = await Promise.all(clickIds.map((clickId) => client.conversions(clickId)));
  return all.flat().map(({ clickId, transactionId, amount }) => {
    expect(amount).toBe('2');
    return `${String(clickId)} ${String(transactionId)}`;
  });
}

const of = (kind: string): readonly string[] => owed.filter((one) => one.includes(` ${kind}-`));

test('the status names every trouble, the worst first, and what to type next', async () => {
  const { code, stdout } = await tracker('status');

  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^✗ Storage rejects writes: 2 postbacks queued since .* UTC\. The retry queue holds 2\.\n +next: tracker postbacks search --result queued/m,
  );
  expect(stdout).toMatch(
    /^✗ 3 clicks or postbacks were moved to the dead letter queue .*\n +next: tracker dead-letters list$/m,
  );
  expect(stdout).toMatch(
    /^! 8 of 10 postbacks of the last 15 minutes were rejected .*, all STATUS_UNKNOWN of c-\w+\.\n +next: tracker postbacks search --result rejected --since 1h$/m,
  );
  expect(stdout).toMatch(/^! Faults are injected: throttle on TablesConversions/m);
  expect(await stored()).toEqual([]);
});

test('the search finds the rejected ones, and the explanation says how to mend them', async () => {
  const rows = (await tracker('postbacks', 'search', '--result', 'rejected', '--since', '1h', '--json')).json();
  expect(rows).toEqual(
    Array.from({ length: 8 }, () => expect.objectContaining({ reason: 'STATUS_UNKNOWN', integration: acme })),
  );

  const [{ requestId }] = rows as [{ requestId: string }];
  const { stdout } = await tracker('postbacks', 'explain', requestId);
  expect(stdout).toMatch(/status +status +won +✗ wrong/);
  expect(stdout).toContain(`tracker integration put ${acme} --status WORD=approved`);
});

test('storage is mended: what waited is recorded by itself, and the rest stays where it is', async () => {
  await stack.heal();

  await eventually('the queue is worked off', async () => (await stack.queued()).retry === 0);
  expect([...(await stored())].sort()).toEqual([...of('queued')].sort());
});

test('the mapping is mended, and a replay is tried before it is done', async () => {
  const mended = await tracker('integration', 'put', acme, '--status', 'won=approved', '--yes');
  expect(mended).toMatchObject({ code: 0, stderr: '' });

  const tried = await tracker('replay', '--since', '1h', '--integration', acme, '--dry-run', '--json');
  expect(tried.json()).toMatchObject({
    dryRun: true,
    examined: 8,
    changes: [{ before: 'STATUS_UNKNOWN', after: 'OK', postbacks: 8 }],
  });
  expect(await stored()).toHaveLength(2);

  const done = await tracker('replay', '--since', '1h', '--integration', acme, '--yes', '--json');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.json()).toMatchObject({ dryRun: false, examined: 8, changed: 8, notReplayable: 0 });
  expect([...(await stored())].sort()).toEqual([...of('queued'), ...of('refused')].sort());
});

test('the dead letters are looked at, and tried again until none is left', async () => {
  const listed = await tracker('dead-letters', 'list', '--json');
  expect(listed).toMatchObject({ code: 1 });
  expect(listed.json()).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ kind: 'postback' })));

  const [first] = listed.json() as readonly { readonly messageId: string; readonly requestId: string }[];
  const shown = await tracker('dead-letters', 'show', first?.messageId.slice(0, 8) ?? '');
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(first?.requestId ?? '') });
  expect(await tracker('dead-letters', 'show', 'ffffffff-not')).toMatchObject({ code: 3 });
  // Nobody is at the terminal to be asked.
  expect(await tracker('dead-letters', 'delete', first?.messageId ?? '')).toMatchObject({ code: 2 });

  const moved = await tracker('dead-letters', 'redrive', '--yes');
  expect(moved).toMatchObject({ code: 0, stderr: '' });
  expect(moved.stdout).toBe('3 dead letters moved back to the retry queue.\nThe dead letter queue is empty.\n');
  await eventually('the queue is worked off', async () => (await stack.queued()).retry === 0);
});

test('in the end nothing is lost, nothing counted twice, and nothing pressing is left', async () => {
  // Whoever is not sure types everything again.
  await tracker('replay', '--since', '1h', '--yes');
  await tracker('dead-letters', 'redrive', '--yes');

  expect([...(await stored())].sort()).toEqual([...owed].sort());
  expect(await stack.queued()).toEqual({ retry: 0, dead: 0 });
  const { troubles } = (await tracker('status', '--json')).json() as { troubles: { urgency: string }[] };
  expect(troubles.filter(({ urgency }) => urgency === 'now')).toEqual([]);
});
