import { clickId, now, requestId } from '../../domain/support/factories';
import { judge, StorageTrouble } from '../../../../lambdas/judgement/judge';
import { noteKeyUse } from '../../../../lambdas/judgement/note-key-use';
import { day, noHurry, World } from './memory';

let world: World;
beforeEach(() => {
  world = new World();
});

const codesOf = (warnings: readonly { readonly code: string }[]): readonly string[] => warnings.map(({ code }) => code);

describe('the row that is written beside a first claim', () => {
  test('stands where the guess was right', async () => {
    const { logged, verdict } = await world.send(`clickid=${world.click()}&amount=5`);
    expect([verdict.reason, logged, world.log.size]).toEqual(['OK', true, 1]);
    expect(world.calls.toSorted()).toEqual(['find click', 'log', 'record']);
  });

  test('is put right where the reason is the same and the message differs', async () => {
    const sale = world.submission(`clickid=${world.click()}&txid=1&amount=5`);
    await world.judge(sale);
    await world.send(`clickid=${clickId()}&txid=1&status=rejected`);
    const { logged, verdict, row } = await world.judge(sale);
    expect([verdict.reason, logged]).toEqual(['OK', false]);
    expect(row.message).toContain('as rejected');
    expect(world.log.get(sale.requestId)?.message).toContain('as approved');
  });

  test('is put right where the reason differs', async () => {
    await world.send(`clickid=${world.click()}&txid=1&amount=5`);
    const { logged, row } = await world.send(`clickid=${clickId()}&txid=1&amount=6`);
    expect([logged, row.reason]).toEqual([false, 'CONFLICTING_DUPLICATE']);
  });

  test('is no promise where the conversion was not taken', async () => {
    const stores = { ...world.stores.conversions, record: () => Promise.reject(new Error('no answer')) };
    const submission = world.submission(`clickid=${world.click()}&amount=5`);
    const trouble = judge(submission, { ...world.stores, conversions: stores }, noHurry);
    await expect(trouble).rejects.toThrow(StorageTrouble);
    await expect(trouble).rejects.toMatchObject({ message: 'no answer', facts: { clickId: clickId() } });
  });

  test('says that it is missing where the log did not take it', async () => {
    const log = { ...world.stores.postbackLog, putExpected: () => Promise.reject(new Error('no answer')) };
    const submission = world.submission(`clickid=${world.click()}&amount=5`);
    const { logged, verdict } = await judge(submission, { ...world.stores, postbackLog: log }, noHurry);
    expect([logged, verdict.reason]).toEqual([false, 'OK']);
  });

  test('is not written for what may not be the first of its key', async () => {
    world.click(1, { clickedAt: now - 95 * day });
    const { logged, verdict } = await world.send(`clickid=${clickId(1, now - 95 * day)}&amount=5`);
    expect([logged, verdict.reason, world.calls]).toEqual([false, 'CLICK_EXPIRED', ['find click', 'record']]);
  });
});

describe('a dry run', () => {
  test('writes nothing and says what would come of it', async () => {
    const { verdict, logged } = await world.send(`clickid=${world.click()}&amount=5&dry_run=1`);
    expect(verdict).toMatchObject({ result: 'dry_run', reason: 'OK', httpStatus: 200 });
    expect(verdict.message).toMatch(/^A dry run: nothing was kept\. The real one: Recorded/);
    expect([logged, world.conversions.size, world.calls]).toEqual([false, 0, ['find click']]);
  });

  test('of a test says the reason of the real one', async () => {
    const { verdict } = await world.send(`clickid=${world.click()}&amount=5&dry_run=1&test=1`);
    expect([verdict.reason, verdict.result]).toEqual(['OK', 'dry_run']);
  });

  test('does not hide that its sender is not authenticated', async () => {
    world.configure('acme', { auth: { token: 'required' } });
    const { verdict } = await world.send(`clickid=${world.click()}&amount=5&dry_run=1`);
    expect([verdict.result, verdict.reason]).toEqual(['rejected', 'AUTH_MISSING']);
  });

  test('of a click that is not there yet is a dry run all the same', async () => {
    const { verdict } = await world.send(`clickid=${clickId(2)}&dry_run=1`, { path: '/postback' });
    expect([verdict.result, verdict.reason]).toEqual(['dry_run', 'PENDING_UNMATCHED']);
  });

  test('marks no click of a refund without its sale', async () => {
    await world.send(`clickid=${world.click()}&status=refund&dry_run=1`);
    expect(world.calls).toEqual(['find click']);
  });
});

describe('the use of a key', () => {
  const authenticated = {
    integration: 'acme',
    version: 1,
    trust: 'proven',
    statement: 's',
    keyId: 'k1',
  } as const;
  const submission = { request: { receivedAt: now } } as never;
  const note = (facts: Parameters<typeof noteKeyUse>[1]) => noteKeyUse(submission, facts, world.stores.keyUse, noHurry);

  test('is noted with the time of receipt', async () => {
    await note({ authenticated, dryRun: false, test: false });
    expect(world.keysUsed).toEqual([{ integration: 'acme', keyId: 'k1', usedAt: now }]);
  });

  test('is not noted by a test or a dry run, nor by a sender that proved nothing', async () => {
    const { keyId: _none, ...unproven } = authenticated;
    await note({ authenticated, dryRun: true, test: false });
    await note({ authenticated, dryRun: false, test: true });
    await note({ authenticated: unproven, dryRun: false, test: false });
    await note({ dryRun: false, test: false });
    expect(world.keysUsed).toEqual([]);
  });

  test('that cannot be noted costs the postback nothing', async () => {
    const broken = { note: () => Promise.reject(new Error('no answer')) };
    await expect(
      noteKeyUse(submission, { authenticated, dryRun: false, test: false }, broken, noHurry),
    ).resolves.toBeUndefined();
  });
});

describe('warnings of the last step', () => {
  test('of the window are of the first claim alone', async () => {
    world.assign('spring', 'acme', { attribution: { minAgeSeconds: 600 } });
    const first = await world.send(`clickid=${world.click()}&txid=1&amount=5`);
    const second = await world.send(`clickid=${clickId()}&txid=1&status=rejected`);
    expect([first, second].map(({ verdict }) => codesOf(verdict.warnings))).toEqual([['TOO_FAST'], []]);
  });

  test('of a missing amount are not of a change whose conversion has one', async () => {
    const first = await world.send(`clickid=${world.click()}&txid=1&status=pending`);
    await world.send(`clickid=${clickId()}&txid=1&amount=5&status=pending`);
    const last = await world.send(`clickid=${clickId()}&txid=1&status=approved`);
    expect(codesOf(first.verdict.warnings)).toContain('AMOUNT_MISSING');
    expect(codesOf(last.verdict.warnings)).not.toContain('AMOUNT_MISSING');
  });

  test('of a refund name the transaction that is waited for', async () => {
    const { verdict } = await world.send(`clickid=${world.click()}&txid=A1&status=refund`);
    expect(verdict.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('No sale of transaction A1 is known for this click'),
    ]);
    expect(world.calls.filter((call) => call === 'mark')).toHaveLength(1);
  });

  test('of a refund that is taken for another sale name it too, and the click is marked', async () => {
    await world.send(`clickid=${world.click()}&txid=A&amount=5`);
    const { verdict } = await world.send(`clickid=${clickId()}&txid=B&status=refund`);
    expect([verdict.reason, codesOf(verdict.warnings)]).toEqual(['OK_UPDATED', ['REVERSAL_OF_ONLY_SALE']]);
    expect(world.clicks.get(clickId())?.reversalWaiting).toBe(true);
    await world.send(`clickid=${clickId()}&txid=B&amount=6`);
    expect(world.rowsOf(clickId()).map(({ transactionId, status }) => [transactionId, status])).toEqual([
      ['A', 'approved'],
      ['B', 'reversed'],
    ]);
  });
});

describe('a retry that another version of the integration reads', () => {
  const query = (click: string): string => `clickid=${click}&amount=10&ref=ABC&txid=T9`;
  const saveAnother = (): void => world.configure('acme', { parameters: { transactionId: ['ref'] } });
  const keys = (): readonly unknown[] => world.rowsOf(clickId()).map(({ transactionId }) => transactionId);

  test('counts once', async () => {
    const click = world.click();
    await world.send(query(click));
    saveAnother();
    expect((await world.send(query(click))).verdict.reason).toBe('OK_DUPLICATE');
    expect(keys()).toEqual(['T9']);
  });

  test('counts once where it overtakes the first sending, which waits in the queue under the version before', async () => {
    const first = world.submission(query(world.click()));
    saveAnother();
    const retry = await world.send(query(clickId()));
    const { authenticated } = retry.facts;
    if (authenticated === undefined) throw new Error('the retry was authenticated');
    const late = await world.judge({ ...first, attempts: 2, authenticated: { ...authenticated, version: 1 } });
    expect([retry.verdict.reason, late.verdict.reason]).toEqual(['OK', 'OK_DUPLICATE']);
    expect(keys()).toEqual(['ABC']);
  });
});

describe('what judgement makes of the claim', () => {
  test('a rejected renewal is looked for among those of its click', async () => {
    const at = (days: number): string => `&timestamp=${Math.floor((now - days * day) / 1000)}`;
    const renewal = `clickid=${world.click(1, { clickedAt: now - 80 * day })}&event=rebill`;
    const click = clickId(1, now - 80 * day);
    await world.send(`${renewal}&amount=9${at(70)}`);
    await world.send(`${renewal}&amount=12${at(40)}`);
    await world.send(`${renewal}&status=rejected${at(39)}`);
    await world.send(`${renewal}&status=rejected${at(9)}`);
    expect(world.rowsOf(click).map(({ status, amount }) => [status, amount])).toEqual([
      ['approved', '9'],
      ['rejected', '12'],
      ['rejected', undefined],
    ]);
  });

  test('a click of a test, or a postback of one, is a test', async () => {
    const click = world.click(1, { test: true });
    const byClick = await world.send(`clickid=${click}&amount=5`);
    const byPostback = await world.send(`clickid=${world.click(2)}&amount=5&test=1`);
    for (const { verdict } of [byClick, byPostback]) {
      expect([verdict.result, verdict.reason]).toEqual(['test', 'OK_TEST']);
      expect(verdict.message).toMatch(/^A test, kept out of reports\. Recorded/);
    }
    expect([...world.conversions.values()].every(({ test: isTest }) => isTest)).toBe(true);
  });

  test('a switch that was encoded into the value of the click ID is one', async () => {
    const test = await world.send(`clickid=${world.click()}%26amount%3D5%26test%3D1`);
    expect([test.verdict.reason, test.verdict.conversion?.amount]).toEqual(['OK_TEST', '5']);
    const dry = await world.send(`clickid=${world.click(2)}%26amount%3D5%26dry_run%3D1`);
    expect([dry.verdict.result, world.rowsOf(clickId(2))]).toEqual(['dry_run', []]);
  });

  test('the retry window is that of the integration, and twice its signature tolerance at least', async () => {
    const hoursOf = async (fields: object): Promise<number | undefined> => {
      world = new World();
      world.configure('acme', { ...fields });
      await world.send(`clickid=${world.click()}&amount=5`);
      return [...world.conversions.values()][0]?.history[0]?.retryHours;
    };
    expect(await hoursOf({})).toBe(48);
    expect(await hoursOf({ retryWindow: 72 })).toBe(72);
    expect(await hoursOf({ retryWindow: 1, signatureToleranceSeconds: 7200 })).toBe(5);
  });

  test('the second part of a request is a statement of its own', async () => {
    const submission = world.submission('', {
      method: 'POST',
      body: JSON.stringify({
        conversions: [1, 2].map((txid) => ({ clickid: world.click(), txid, amount: 5 })),
      }) as never,
    });
    await world.judge(submission);
    await world.judge({ ...submission, part: 2, requestId: requestId(77) });
    const statements = world.rowsOf(clickId()).map(({ history }) => history[0]?.statement ?? '');
    expect(new Set(statements.map((statement) => statement.endsWith('.2')))).toEqual(new Set([false, true]));
  });

  test('rows of a batch keep their order, and the source of their click', async () => {
    const submission = world.submission(`clickid=${world.click(1, { source: 'news' })}&amount=5`);
    await world.judge({ ...submission, batchId: 'b1', row: 3 });
    const [row] = world.rowsOf(clickId());
    expect([row?.source, row?.history[0]?.sequence, row?.history[0]?.homeCurrency]).toEqual([
      'news',
      { batch: 'b1', row: 3 },
      'USD',
    ]);
  });

  test('what was authenticated before is not asked again, and is read under its version', async () => {
    world.configure('acme', { auth: { token: 'required' }, currency: 'EUR' });
    const submission = world.submission(`clickid=${world.click()}&amount=5`);
    const authenticated = {
      integration: 'acme',
      version: 1,
      trust: 'proven',
      statement: 'signed',
      signedAt: now - 30_000,
    } as const;
    const { verdict, facts } = await world.judge({ ...submission, authenticated });
    expect([verdict.reason, facts.trust, facts.integrationVersion]).toEqual(['OK', 'proven', 1]);
    const [row] = world.rowsOf(clickId());
    expect([row?.currency, row?.history[0]?.statement, row?.history[0]?.eventTime]).toEqual([
      'USD',
      'signed',
      now - 30_000,
    ]);
  });
});

test('a reversal goes to the sale that has its amount, though the click is gone when the sale comes', async () => {
  world.configure('acme', { duplicates: { default: 'ignore-by-transaction' } });
  const id = world.click();
  const second = (at: number): string => `&timestamp=${Math.floor(now / 1000) + at}`;
  await world.send(`clickid=${id}&status=reversed${second(-20)}`);
  await world.send(`clickid=${id}&status=approved&amount=0`, { receivedAt: now + 4000 });
  world.clicks.delete(id);
  await world.send(`clickid=${id}&amount=10${second(-30)}`, { receivedAt: now + 43 * day });
  const rows = world.rowsOf(id).map(({ status, amount }) => `${status} ${amount}`);
  expect(rows.toSorted()).toEqual(['approved 0', 'reversed 10']);
});
