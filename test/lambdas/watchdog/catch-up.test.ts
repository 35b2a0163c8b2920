import { hourAfter, type Hour } from '../../../lambdas/domain/watch/hour';
import { hoursUntilForgotten } from '../../../lambdas/domain/watch/watch';
import { silenceLine } from '../../../lambdas/watchdog/silence-line';
import { unconfirmedLine } from '../../../lambdas/watchdog/unconfirmed-line';
import type { Findings } from '../../../lambdas/watchdog/catch-up';
import { noHurry, startStorage, type Storage } from '../adapters/support/storage';
import { live } from '../domain/watch/senders';
import { lastHour, requestIdIn, watchWorld, type WatchWorld } from './watch-world';

jest.setTimeout(30_000);

let storage: Storage;
let world: WatchWorld;
const last = lastHour;
const before = (hours: number): Hour => hourAfter(last, -hours);

beforeAll(async () => (storage = await startStorage()));
beforeEach(async () => {
  storage.proxy.heal();
  world = await watchWorld(storage);
});
afterAll(() => storage.stop());

const namesOf = ({ silent }: Findings): readonly string[] => silent.map(({ integration }) => integration);

describe('an hour’s count', () => {
  const ofHour = async () => Object.fromEntries(await world.stores.counts.ofHour(last, noHurry));

  test('is of each integration, what was accepted and what was rejected', async () => {
    await world.sends('acme', last, 30);
    await world.sends('acme', last, 2, { result: 'duplicate', reason: 'OK_DUPLICATE' });
    await world.sends('acme', last, 3, { result: 'queued', reason: 'PENDING_UNMATCHED' });
    await world.sends('acme', last, 4, { result: 'rejected', reason: 'AMOUNT_INVALID' });
    await world.sends('other', last, 5, { result: 'updated', reason: 'OK_UPDATED' });
    await world.sends('acme', before(1), 50);

    expect(await ofHour()).toMatchObject({
      acme: { accepted: 35, refused: 4, recorded: 30, unread: 0 },
      other: { accepted: 5, refused: 0, recorded: 5, unread: 0 },
    });
  });

  test('leaves out tests, dry runs and errors, and counts a batch by its rows', async () => {
    await world.sends('acme', last, 1, { result: 'test', reason: 'OK_TEST' });
    await world.sends('acme', last, 1, { result: 'dry_run', reason: 'OK' });
    await world.sends('acme', last, 1, { result: 'error', reason: 'SYSTEM_ERROR' });
    await world.sends('acme', last, 1, { result: 'queued', reason: 'PENDING_BATCH', rows: 2 });
    await world.sends('acme', last, 2, { batchId: 'batch' });

    expect(await ofHour()).toMatchObject({ acme: { accepted: 2, refused: 0, recorded: 2, unread: 0 } });
  });

  test('goes on where an answer ends at 1 MB', async () => {
    const sealed = 'x'.repeat(390_000);
    for (let row = 0; row < 4; row++) await world.row(last, { requestId: requestIdIn(last, 7), sealed });
    storage.proxy.forget();

    expect(await ofHour()).toMatchObject({ acme: { accepted: 4, refused: 0, recorded: 4, unread: 0 } });
    expect(storage.proxy.calls().length).toBeGreaterThan(16);
  });
});

describe('an integration that stops', () => {
  test('is found silent, and one that goes on is not', async () => {
    await world.knownSender('acme', before(3));
    await world.knownSender('steady', before(3));
    for (const hour of [before(2), before(1), last]) await world.sends('steady', hour, 20);

    const found = await world.run(last);

    expect(namesOf(found)).toEqual(['acme']);
    expect(found).toMatchObject({ expected: 2, neverHeard: 0, counted: [before(2), before(1), last], left: [] });
    expect(found.silent.map(silenceLine)).toEqual([
      {
        level: 'WARN',
        what: 'acme: 0 postbacks in the last 3 h, usually 60 at this time of the week',
        integration: 'acme',
        silentHours: 3,
        accepted: 0,
        refused: 0,
        usual: 60,
        silentSince: `${before(2)}:00Z`,
        lastSeenAt: `${before(3)}:00Z`,
        todo: expect.stringMatching(/^Nothing of it was rejected either: .* pause its campaigns or delete it\.$/),
      },
    ]);
  });

  test('is told with what was rejected, where it sends what cannot be recorded', async () => {
    await world.knownSender('acme', before(2));
    await world.sends('acme', last, 18, { result: 'rejected', reason: 'STATUS_UNKNOWN' });

    const [silent] = (await world.run(last)).silent;
    expect(silent && silenceLine(silent)).toMatchObject({
      refused: 18,
      todo: expect.stringMatching(/^18 were rejected: /),
    });
  });

  test('is not silent any more when it is back', async () => {
    await world.knownSender('acme', before(4));
    expect(namesOf(await world.run(before(2)))).toEqual(['acme']);
    await world.sends('acme', before(1), 20);

    expect(namesOf(await world.run(before(1)))).toEqual([]);
    expect(namesOf(await world.run(last))).toEqual([]);
  });

  test.each([
    ['is deleted', () => world.put('integration', 'acme', {}, true)],
    [
      'has its campaigns paused',
      () => world.put('campaign', 'campaign-of-acme', { integration: 'acme', status: 'paused' }),
    ],
    ['has its campaigns deleted', () => world.put('campaign', 'campaign-of-acme', { integration: 'acme' }, true)],
  ])('is not expected to send where it %s', async (_what, end) => {
    await world.knownSender('acme', before(4));
    expect(namesOf(await world.run(before(1)))).toEqual(['acme']);
    await end();

    expect(await world.run(before(1))).toMatchObject({ silent: [], expected: 0 });
    expect(await world.run(last)).toMatchObject({ silent: [], expected: 0 });
  });

  test('is awaited, and not missed, when its campaign goes on after a pause', async () => {
    await world.knownSender('acme', before(4));
    await world.put('campaign', 'campaign-of-acme', { integration: 'acme', status: 'paused' });
    await world.run(before(3));
    await world.put('campaign', 'campaign-of-acme', { integration: 'acme' });

    expect(await world.run(last)).toMatchObject({ silent: [], expected: 1 });
  });

  test('is told of once when its silence is forgotten', async () => {
    // It was told after two hours, and that a week ago.
    await world.knownSender('acme', before(1), hoursUntilForgotten + 1);

    const found = await world.run(last);
    expect([namesOf(found), found.forgotten.map(({ integration }) => integration)]).toEqual([[], ['acme']]);
    expect(await world.run(last)).toMatchObject({ silent: [], forgotten: [] });
  });
});

test('an integration that never sent is not silent; it is counted as one that was never heard', async () => {
  await world.sender('new');

  expect(await world.run(last)).toMatchObject({ silent: [], expected: 1, neverHeard: 1 });
  expect(await world.kept()).toEqual([{ hourAndShard: 'watch', receivedAtAndRequestId: '#', countedUntil: last }]);
});

test('a first run begins with the hour before the configuration, and reads no empty past', async () => {
  await world.sender('new');

  expect((await world.run(last)).counted).toEqual([last]);
});

describe('each hour is counted once', () => {
  beforeEach(async () => {
    await world.knownSender('acme', before(4));
    for (const hour of [before(3), before(2), before(1), last]) await world.sends('acme', hour, 7);
  });
  /** What is kept after an undisturbed run. */
  const undisturbed = async () => {
    await world.run(last);
    return world.kept();
  };

  test('however often the watchdog runs in an hour', async () => {
    const once = await undisturbed();

    expect((await world.run(last)).counted).toEqual([]);
    expect(await world.kept()).toEqual(once);
  });

  test('by one run, or by two at a time, or hour by hour', async () => {
    const [first, second] = await Promise.all([world.run(last), world.run(last)]);
    const together = await world.kept();
    expect(first?.silent).toEqual(second?.silent);

    const other = await watchWorld(storage);
    await other.knownSender('acme', before(4));
    for (const hour of [before(3), before(2), before(1), last]) {
      await other.sends('acme', hour, 7);
      await other.run(hour);
    }
    expect(await other.kept()).toEqual(together);
  });

  test.each([
    ['a count', { operation: 'Query', after: 40 }],
    ['keeping what is known', { operation: 'PutItem', after: 2 }],
    ['keeping that an hour was counted', { operation: 'PutItem', after: 3 }],
  ])('also where %s fails: the run fails, and the next goes on', async (_what, place) => {
    storage.proxy.break({ fault: 'error', ...place });
    await expect(world.run(last)).rejects.toThrow('the table is broken');
    storage.proxy.heal();
    await world.run(last);
    const mended = await world.kept();

    const other = await watchWorld(storage);
    await other.knownSender('acme', before(4));
    for (const hour of [before(3), before(2), before(1), last]) await other.sends('acme', hour, 7);
    await other.run(last);
    expect(mended).toEqual(await other.kept());
  });

  test('also where the time ends: the next run goes on', async () => {
    expect(await world.run(last, 1)).toMatchObject({ counted: [before(3)], left: [before(2), before(1), last] });
    expect(await world.run(last)).toMatchObject({ counted: [before(2), before(1), last], left: [] });
  });
});

test('what is known of an integration stays within one write unit, however much it sends', async () => {
  let hours = 0;
  // Another number in each hour of each week.
  const { watch } = live(() => (hours++ % 5) * 7_654_321, 504);
  if (watch === undefined) throw new Error('it has sent');
  await world.watches.keep({ ...watch, integration: 'x'.repeat(64) }, noHurry);

  expect(await world.unitsKept()).toEqual([1]);
});

describe('what browsers report', () => {
  test('is no sign of the integration’s server, and what a server confirms is', async () => {
    await world.sends('acme', last, 3, { browser: 'reported' });
    await world.sends('acme', last, 4, { browser: 'reported', result: 'duplicate', reason: 'OK_DUPLICATE' });
    await world.sends('acme', last, 2, { browser: 'confirmed' });
    await world.sends('acme', last, 1);
    expect(Object.fromEntries(await world.stores.counts.ofHour(last, noHurry))).toEqual({
      acme: { accepted: 3, refused: 0, recorded: 3, unread: 0, reported: 3, confirmed: 2 },
    });
  });

  test('is told where no server has confirmed it for a week, with what to do', async () => {
    await world.sender('acme');
    const known = { integration: 'acme', countedUntil: before(1), since: before(7 * 24), reported: 60, confirmed: 1 };
    await world.watches.keepReports(known, noHurry);
    await world.watches.keepCounted(before(1), noHurry);
    await world.sends('acme', last, 1, { browser: 'reported' });
    const { unconfirmed, silent } = await world.run(last);
    expect([silent.length, unconfirmed.length]).toEqual([0, 1]);
    const [watch] = unconfirmed;
    expect(watch && unconfirmedLine(watch)).toMatchObject({
      integration: 'acme',
      confirmed: 1,
      unconfirmedSince: `${before(7 * 24)}:00Z`,
    });
  });
});
