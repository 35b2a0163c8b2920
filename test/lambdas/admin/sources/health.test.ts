import { sourceHealthTable } from '../../../../lambdas/adapters/source-health-table';
import { environmentVariable } from '../../../../lambdas/contract';
import { healthAfter, healthy, type SourceHealth } from '../../../../lambdas/domain/outbound/breaker';
import { tableNames } from '../../../storage/local-dynamodb';
import { noHurry } from '../../adapters/support/storage';
import { startAdminStack, type AdminStack } from '../support/admin-stack';

jest.setTimeout(60_000);

const hour = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();
/** In an hour: the document is older, and the next trial is to come. */
const suspendedAt = Date.now() + hour;
const failingSince = suspendedAt - 72 * hour;

const fail = (before: SourceHealth, times: number): SourceHealth =>
  times === 0 ? before : fail(healthAfter(before, 'failed', failingSince, 0), times - 1);

describe('the health of a source', () => {
  let stack: AdminStack;

  beforeAll(async () => {
    process.env[environmentVariable.deliveryQueueUrl] = 'http://127.0.0.1:9/queue';
    stack = await startAdminStack();
  });
  afterAll(() => stack.stop());

  const health = (id: string) => stack.call('GET', `/sources/${id}/health`);

  async function suspend(id: string): Promise<void> {
    await stack.call('PUT', `/sources/${id}`, { body: { name: id } });
    const suspended = healthAfter(fail(healthy, 25), 'failed', suspendedAt, 0);
    const table = sourceHealthTable(stack.client, tableNames.deliveries);
    await table.write(id, await table.of(id, noHurry), suspended, noHurry);
  }

  test('that was never called is that it accepts', async () => {
    await stack.call('PUT', '/sources/fresh', { body: { name: 'Fresh' } });
    expect(await health('fresh')).toMatchObject({
      status: 200,
      body: { source: 'fresh', state: 'accepting', unaccepted: 0 },
    });
  });

  test('that is suspended names since when, and the next trial', async () => {
    await suspend('dead');
    const { status, body } = await health('dead');
    expect(status).toBe(200);
    expect(body).toEqual({
      source: 'dead',
      state: 'suspended',
      unaccepted: 26,
      unacceptedSince: iso(failingSince),
      suspendedAt: iso(suspendedAt),
      nextAttemptAt: iso(suspendedAt + hour),
    });
  });

  test('is that of its newest document', async () => {
    await suspend('corrected');
    const later = jest.spyOn(Date, 'now').mockReturnValue(suspendedAt + 1000);
    await stack.call('PUT', '/sources/corrected', { body: { name: 'Corrected' } });
    later.mockRestore();
    expect((await health('corrected')).body).toMatchObject({ state: 'accepting', unaccepted: 26 });
  });

  test.each(['nobody', 'deleted'])('of %s is none', async (id) => {
    await stack.call('PUT', '/sources/deleted', { body: { name: 'Deleted' } });
    await stack.call('DELETE', '/sources/deleted');
    expect(await health(id)).toMatchObject({ status: 404, body: { error: 'NOT_FOUND' } });
  });

  test('has no parameters', async () => {
    expect(await stack.call('GET', '/sources/nobody/health?state=suspended')).toMatchObject({ status: 400 });
  });
});
