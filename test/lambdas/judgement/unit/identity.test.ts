import { acceptedCredentials, firstKeys } from '../../../../lambdas/domain/trust/keys';
import { giveUpMilliseconds } from '../../../../lambdas/domain/queue/backoff';
import { judge, settleNotFound } from '../../../../lambdas/judgement/judge';
import { clickId, master, now, rotatedMaster } from '../../domain/support/factories';
import { noHurry, World } from './memory';

let world: World;
beforeEach(() => {
  world = new World();
});

describe('whose click it is', () => {
  const anywhere = { path: '/postback', integration: undefined } as never;

  test('is the integration that the click was made under, where the path names none', async () => {
    const { facts, verdict } = await world.send(`clickid=${world.click()}&amount=5`, anywhere);
    expect([facts.integrationId, facts.campaignId, verdict.reason]).toEqual(['acme', 'spring', 'OK']);
    expect(world.calls.filter((call) => call === 'find click')).toHaveLength(1);
  });

  test('is the present integration of the campaign where that one proves itself', async () => {
    world.configure('acme', { auth: { token: 'required' } });
    world.configure('new', { auth: { token: 'required' } });
    world.assign('spring', 'new');
    const [credential] = acceptedCredentials(master, 'new', firstKeys);
    const { facts, verdict } = await world.send(
      `clickid=${world.click()}&amount=5&token=${credential?.token}`,
      anywhere,
    );
    expect([facts.integrationId, facts.trust, verdict.reason]).toEqual(['new', 'proven', 'OK']);
  });

  test('is the first that lets it pass where none is proven', async () => {
    world.configure('acme', { auth: { token: 'required' } });
    world.configure('new');
    world.assign('spring', 'new');
    const { facts } = await world.send(`clickid=${world.click()}&amount=5`, anywhere);
    expect([facts.integrationId, facts.trust]).toEqual(['new', 'let-pass']);
  });

  test('is told by its conversion once the click is gone', async () => {
    await world.send(`clickid=${world.click()}&txid=1&amount=5`);
    world.clicks.clear();
    const late = { ...(anywhere as object), receivedAt: now + giveUpMilliseconds };
    const { verdict } = await world.send(`clickid=${clickId()}&txid=1&status=rejected`, late);
    expect(verdict.reason).toBe('OK_UPDATED');
  });

  test('is not known while the click may still be on its way', async () => {
    const { verdict } = await world.send(`clickid=${clickId(3)}&amount=5`, anywhere);
    expect([verdict.result, verdict.reason, verdict.httpStatus]).toEqual(['queued', 'PENDING_UNMATCHED', 202]);
    const late = { ...(anywhere as object), receivedAt: now + giveUpMilliseconds };
    expect((await world.send(`clickid=${clickId(3)}&amount=5`, late)).verdict.reason).toBe('CLICK_NOT_FOUND');
  });

  test('an integration that is gone is named', async () => {
    const click = world.click(4, { integration: 'gone', campaign: 'gone' });
    const { verdict } = await world.send(`clickid=${click}&amount=5`, anywhere);
    expect([verdict.reason, verdict.message.includes('"gone"')]).toEqual(['INTEGRATION_UNKNOWN', true]);
  });

  test('another integration may not speak about it', async () => {
    world.configure('other');
    const { verdict } = await world.send(`clickid=${world.click()}&amount=5`, {
      path: '/postback/other',
      integration: 'other',
    });
    expect([verdict.reason, verdict.message.includes('"other"')]).toEqual(['INTEGRATION_MISMATCH', true]);
  });

  test('a conversion that another integration recorded is left as it is', async () => {
    await world.send(`clickid=${world.click()}&txid=1&amount=5`);
    world.configure('other');
    world.assign('spring', 'other');
    const { verdict } = await world.send(`clickid=${clickId()}&txid=1&status=rejected`, {
      path: '/postback/other',
      integration: 'other',
    });
    expect(verdict.reason).toBe('INTEGRATION_MISMATCH');
    expect([...world.conversions.values()].map(({ status }) => status)).toEqual(['approved']);
  });
});

describe('what a rejection says first', () => {
  test.each([
    ['a made-up click ID', `clickid=${clickId().slice(0, -1)}q`, 'CLICK_ID_FORGED'],
    ['a text that is no click ID', 'clickid=abc', 'CLICK_ID_MALFORMED'],
    ['no click ID', 'amount=5', 'CLICK_ID_MISSING'],
    ['a macro', 'clickid={clickid}', 'MACRO_UNREPLACED'],
  ])('%s costs no read', async (_, query, reason) => {
    expect((await world.send(query)).verdict.reason).toBe(reason);
    expect(world.calls).toEqual([]);
  });

  test('a made-up click ID is told only to a sender that is authenticated', async () => {
    world.configure('acme', { auth: { token: 'required' } });
    const forged = `${clickId().slice(0, -1)}q`;
    expect((await world.send(`clickid=${forged}`)).verdict.reason).toBe('AUTH_MISSING');
  });

  test('an ID of the previous master is genuine', async () => {
    const stores = { ...world.stores, masterSecret: { read: async () => rotatedMaster } };
    const { verdict } = await judge(world.submission(`clickid=${world.click()}&amount=5`), stores, noHurry);
    expect(verdict.reason).toBe('OK');
  });

  test('a word that is ignored needs no click', async () => {
    world.configure('acme', { statuses: { ping: 'ignore' } });
    for (const query of ['status=ping', `clickid=${world.click()}&status=ping`]) {
      const { verdict } = await world.send(query);
      expect([verdict.result, verdict.reason, verdict.httpStatus]).toEqual(['ignored', 'OK_IGNORED', 200]);
    }
    expect((await world.send('status=approved')).verdict.reason).toBe('CLICK_ID_MISSING');
    expect(world.conversions.size).toBe(0);
  });

  test('a word that is ignored is not ignored of a sender that is not authenticated', async () => {
    world.configure('acme', { statuses: { ping: 'ignore' }, auth: { token: 'required' } });
    expect((await world.send('status=ping')).verdict.reason).toBe('CLICK_ID_MISSING');
  });
});

describe('a click that never came', () => {
  test('ends as not found, with a row that a replay can use', async () => {
    const submission = world.submission(`clickid=${clickId(5)}&amount=5`);
    const waiting = await world.judge(submission);
    expect(waiting.verdict.reason).toBe('PENDING_UNMATCHED');
    const { verdict, row } = await settleNotFound(submission, waiting, world.stores);
    expect([verdict.reason, verdict.httpStatus, verdict.result]).toEqual(['CLICK_NOT_FOUND', 404, 'rejected']);
    expect([row.reason, row.sealed === undefined]).toEqual(['CLICK_NOT_FOUND', false]);
  });

  test('that was erased is not waited for', async () => {
    const erased = { ...world.stores.clicks, find: async () => 'erased' as const };
    const submission = world.submission(`clickid=${clickId(5)}&amount=5&email=jo@example.com`);
    const { verdict, row } = await judge(submission, { ...world.stores, clicks: erased }, noHurry);
    expect([verdict.reason, row.sealed, row.clickId]).toEqual(['CLICK_NOT_FOUND', undefined, undefined]);
  });
});
