import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRule } from '../../local/wire/faults';
import { synthesized } from '../e2e/assembly';
import { clientOf, type Client } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';
import { alarmsOf, type TemplateAlarm } from './evaluator/template-alarms';
import type { Answered } from './rehearsal/observe';
import { rehearse, type Phase } from './rehearsal/rehearse';

jest.setTimeout(120_000);

let stack: LocalStack;
let client: Client;
let alarms: readonly TemplateAlarm[];
let spring: string;
let clickIds: readonly string[];

beforeAll(async () => {
  const assembly = await synthesized('prod');
  const file = readdirSync(assembly).find((name) => name.endsWith('.template.json')) ?? '';
  alarms = alarmsOf(JSON.parse(readFileSync(join(assembly, file), 'utf8')));
  stack = await startLocalStack({ assembly, concurrency: 8 });
  client = clientOf(stack);
  spring = await client.campaign();
  clickIds = await Promise.all(Array.from({ length: 8 }, () => client.click(spring)));
});
afterAll(() => stack.remove());

let orders = 0;
const click = async (): Promise<Answered> => ({ route: 'click', status: (await client.call(`/c/${spring}`)).status });

async function postback(fields: Readonly<Record<string, string>> = {}): Promise<Answered> {
  orders += 1;
  const sent = { clickid: clickIds[orders % clickIds.length] ?? '', amount: '1', txid: `order-${orders}`, ...fields };
  return { route: 'postback', status: (await client.postback(sent)).status };
}

const times = <Item>(count: number, make: () => Promise<Item>): Promise<readonly Item[]> =>
  Promise.all(Array.from({ length: count }, make));

/** A minute of ordinary traffic. */
async function traffic(): Promise<readonly Answered[]> {
  return [...(await times(4, click)), ...(await times(8, postback))];
}
/** Ordinary traffic once the queue is worked off. */
const calm = (minutes: number): Phase => ({
  minutes,
  async act() {
    await eventually('the retry queue is worked off', async () => (await stack.queued()).retry === 0);
    return traffic();
  },
});
const during = (minutes: number, act: Phase['act'], ...faults: readonly FaultRule[]): Phase => ({
  minutes,
  faults,
  act,
});
const broken = (minutes: number, ...faults: readonly FaultRule[]): Phase => during(minutes, traffic, ...faults);

const rehearsed = (...phases: readonly Phase[]) => rehearse(stack, alarms, phases);

test('ordinary traffic calls nobody', async () => {
  expect(await rehearsed(calm(60))).toEqual([]);
});

const refused = (table: string): FaultRule => ({ kind: 'error500', table, operation: 'PutItem' });
const queueRejects: FaultRule = { kind: 'error500', service: 'sqs', operation: 'SendMessage' };
const nothingWorks: readonly FaultRule[] = [{ kind: 'error500', service: 'dynamodb' }, queueRejects];

describe('what loses money pages, once, within four minutes, and clears', () => {
  test('postbacks that neither the table nor the queue takes, for four minutes', async () => {
    const told = await rehearsed(calm(20), broken(4, refused('TablesConversions'), queueRejects), calm(80));
    expect(told).toEqual([
      '+2 RequestsFailing ALARM > page',
      '+4 ApiServerErrors ALARM > ticket',
      '+8 ApiServerErrors OK > ticket',
      '+20 RequestsFailing OK > page',
    ]);
  });

  test('clicks that neither the table nor the queue takes, of which the sender of postbacks notices nothing', async () => {
    expect(await rehearsed(calm(20), broken(4, refused('TablesClicks'), queueRejects), calm(80))).toEqual([
      '+4 RequestsFailing ALARM > page',
      '+9 RequestsFailing OK > page',
    ]);
  });

  test('a region in which nothing works for ten minutes: clicks and postbacks fail, one call', async () => {
    expect(await rehearsed(calm(20), broken(10, ...nothingWorks), calm(80))).toEqual([
      '+2 RequestsFailing ALARM > page',
      '+4 ApiServerErrors ALARM > ticket',
      '+14 ApiServerErrors OK > ticket',
      '+26 RequestsFailing OK > page',
    ]);
  });
});

describe('what loses nothing yet is a ticket', () => {
  test('a table that is throttled for four minutes: the queue takes what it rejects', async () => {
    const throttle: FaultRule = { kind: 'throttle', table: 'TablesConversions', operation: 'PutItem' };
    expect(await rehearsed(calm(20), broken(4, throttle), calm(60))).toEqual([
      '+3 EventsQueued ALARM > ticket',
      '+19 EventsQueued OK > ticket',
    ]);
  });

  test('visitors of a link that leads to no campaign, for twenty minutes', async () => {
    const unknown = async (): Promise<Answered> => ({ route: 'click', status: (await client.call('/c/slip')).status });
    const misled = during(20, async () => [...(await traffic()), ...(await times(5, unknown))]);
    expect(await rehearsed(calm(20), misled, calm(60))).toEqual([
      '+10 ClicksUnserved ALARM > ticket',
      '+23 ClicksUnserved OK > ticket',
    ]);
  });

  test('log rows that are lost while verdicts stand', async () => {
    expect(await rehearsed(calm(20), broken(2, refused('TablesPostbackLog'), queueRejects), calm(60))).toEqual([
      '+2 LogRowsLost ALARM > ticket',
      '+18 LogRowsLost OK > ticket',
    ]);
  });

  test('a watchdog that does not run any more: its silence rings', async () => {
    const told = await rehearse(stack, alarms, [calm(20), calm(400)], { runs: false });
    expect(told).toEqual([expect.stringMatching(/IntegrationsSilent INSUFFICIENT_DATA > ticket$/)]);
  });
});

describe('what senders do wrong never pages', () => {
  test('a small integration whose amounts are not read, which the watchdog counts', async () => {
    const told = await rehearse(stack, alarms, [calm(20), calm(300)], { found: 1 });
    expect(told).toEqual([expect.stringMatching(/^\+\d+ IntegrationsSilent ALARM > ticket$/)]);
  });

  const sending = (fields: Readonly<Record<string, string>>) => () => times(12, () => postback(fields));

  test('macros that nobody replaced, for a quarter of an hour', async () => {
    expect(await rehearsed(calm(20), during(15, sending({ amount: '{payout}' })), calm(40))).toEqual([
      '+7 PostbackRejections ALARM > ticket',
      '+26 PostbackRejections OK > ticket',
    ]);
  });

  test('amounts under a name that the integration does not read', async () => {
    expect(await rehearsed(calm(20), during(15, sending({ amount: '', order_total: '12.50' })), calm(40))).toEqual([
      '+7 AmountsUnread ALARM > ticket',
      '+26 AmountsUnread OK > ticket',
    ]);
  });

  test('forged click IDs', async () => {
    const forged = (clickIds[0] ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(await rehearsed(calm(20), during(15, sending({ clickid: forged })), calm(40))).toEqual([
      '+11 AuthenticationFailures ALARM > ticket',
      '+32 AuthenticationFailures OK > ticket',
    ]);
  });

  test('the same sale again and again: it counts once, and calls nobody', async () => {
    expect(await rehearsed(calm(20), during(15, sending({ txid: 'same' })), calm(40))).toEqual([]);
  });
});

// These leave something in the queues, and so come last.
describe('what waits in a queue for a person', () => {
  test('a message that nobody can read', async () => {
    const untilItIsPutAside = async (): Promise<readonly Answered[]> => {
      await stack.enqueue('not a message of ours');
      await eventually('it is put aside', async () => (await stack.queued()).dead > 0);
      return traffic();
    };
    expect(await rehearsed(calm(20), during(1, untilItIsPutAside), calm(60))).toEqual([
      '+2 DeadLetterQueueNotEmpty ALARM > ticket',
    ]);
  });

  test('postbacks whose clicks were lost', async () => {
    await stack.break(refused('TablesClicks'), queueRejects);
    const lost = await times(4, () => client.click(spring));
    await stack.heal();
    const ofLostClicks = async (): Promise<readonly Answered[]> =>
      Promise.all(lost.flatMap((clickid) => [postback({ clickid }), postback()]));
    const told = await rehearsed(calm(20), during(15, ofLostClicks), during(40, traffic));
    expect(told).toEqual(
      expect.arrayContaining(['+8 PostbacksUnmatched ALARM > ticket', '+25 PostbacksUnmatched OK > ticket']),
    );
    expect(told.filter((one) => one.endsWith('page'))).toEqual([]);
  });

  test('a retry function that dies on every message for an hour', async () => {
    const faults: readonly FaultRule[] = [
      refused('TablesConversions'),
      { kind: 'kill', function: 'FunctionsRetry', service: 'dynamodb' },
    ];
    const untilItDied = async (): Promise<readonly Answered[]> => {
      const answers = await traffic();
      await eventually('the retry function died', async () =>
        (await stack.faults()).some(({ kind, hits }) => kind === 'kill' && hits > 0),
      );
      return answers;
    };
    const told = await rehearsed(during(20, traffic), during(60, untilItDied, ...faults));
    expect(told).toEqual(
      expect.arrayContaining(['+3 EventsQueued ALARM > ticket', '+12 RetryFunctionErrors ALARM > ticket']),
    );
    expect(told.filter((one) => one.endsWith('page'))).toEqual([]);
  });
});
