import { clicksTable } from '../../../../lambdas/adapters/clicks-table';
import { deadlineAt } from '../../../../lambdas/adapters/deadline';
import { readClickId } from '../../../../lambdas/domain/click/signed-click-id';
import type { ClickId } from '../../../../lambdas/domain/click/click-id';
import { clickIdKeys, currentCredential, readMaster } from '../../../../lambdas/domain/trust/keys';
import { tableNames } from '../../../storage/local-dynamodb';
import { campaignDocument, integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';
import { masterText } from '../support/secrets-server';

const master = readMaster(masterText);

describe('a test click', () => {
  let stack: AdminStack;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', { body: integrationDocument });
    await stack.call('PUT', '/campaigns/spring', { body: campaignDocument('acme') });
  });
  afterAll(() => stack.stop());

  const find = (clickId: string) =>
    clicksTable(stack.client, tableNames.clicks).find(clickId as ClickId, Date.now(), deadlineAt(Date.now() + 5000));

  test('is a click as a visitor would make it, flagged as a test', async () => {
    const headers = { 'user-agent': 'Some browser' };
    const { status, body } = await stack.call('POST', '/test-clicks', { body: { campaign: 'spring' }, headers });
    const clickId = String(body['clickId']);
    expect(status).toBe(201);
    expect(readClickId(clickId, clickIdKeys(master))).toMatchObject({ outcome: 'genuine', clickId });
    expect(body).toMatchObject({
      campaign: 'spring',
      integration: 'acme',
      offer: 'main',
      landingPage: `https://shop.example/?sub=${clickId}`,
    });
    const click = await find(clickId);
    expect(click).toMatchObject({
      campaign: 'spring',
      integration: 'acme',
      offer: 'main',
      test: true,
      bot: false,
      userAgent: 'Some browser',
      ipPrefix: '127.0.0.0/24',
    });
    expect(JSON.stringify(click)).not.toContain('127.0.0.1');
  });

  test('comes with the postback that would report its conversion, an order of its own each time', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => stack.call('POST', '/test-clicks', { body: { campaign: 'spring' } })),
    );
    const { token } = currentCredential(master, 'acme', { current: 1 });
    const clickId = String(first?.body['clickId']);
    expect(first?.body['postbackUrl']).toBe(
      `https://tracker.example/postback/acme?clickid=${clickId}&amount=12.50&currency=USD&txid=TEST-${clickId.slice(-8)}` +
        `&event=sale&status=approved&token=${token}`,
    );
    expect(second?.body['clickId']).not.toBe(clickId);
  });

  test("speaks the integration's language, and shows a token only where one is looked at", async () => {
    const body = {
      name: 'Other',
      preset: 'generic',
      currency: 'EUR',
      decimalComma: true,
      strictEvents: true,
      parameters: { clickId: ['Klick ID'], amount: ['betrag'] },
      statuses: { offen: 'pending', Bezahlt: 'approved' },
      events: { Kauf: 'sale' },
      auth: { token: 'off', hmac: 'off', ip: 'off' },
    };
    await stack.call('PUT', '/integrations/other', { body });
    await stack.call('PUT', '/campaigns/other', { body: campaignDocument('other') });
    const click = await stack.call('POST', '/test-clicks', { body: { campaign: 'other' } });
    expect(click.body['postbackUrl']).toMatch(
      /\/postback\/other\?Klick%20ID=\w{32}&betrag=12%2C50&currency=EUR&txid=TEST-\w{8}&event=Kauf&status=Bezahlt$/,
    );
  });

  test('can be made for a campaign that is paused, before its first visitor', async () => {
    await stack.call('PUT', '/campaigns/paused', { body: { ...campaignDocument('acme'), status: 'paused' } });
    const { status, body } = await stack.call('POST', '/test-clicks', { body: { campaign: 'paused' } });
    expect(status).toBe(201);
    expect(await find(String(body['clickId']))).toMatchObject({ campaign: 'paused', test: true });
  });

  test('is not made for a campaign that is not there', async () => {
    await stack.call('PUT', '/campaigns/left', { body: campaignDocument('acme') });
    await stack.call('DELETE', '/campaigns/left');
    for (const campaign of ['left', 'never']) {
      const missing = await stack.call('POST', '/test-clicks', { body: { campaign } });
      expect([missing.status, missing.body['error']]).toStrictEqual([404, 'NOT_FOUND']);
    }
  });

  test.each([[''], ['{}'], ['[]'], ['{"campaign":"a b"}'], ['{"campaign":"spring","test":false}'], ['{"campaign":7}']])(
    'is rejected for the body %s, and it is said what to send',
    async (text) => {
      const refused = await stack.call('POST', '/test-clicks', { text });
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'BODY_INVALID']);
      expect(refused.body['message']).toMatch(/campaign/);
    },
  );
});
