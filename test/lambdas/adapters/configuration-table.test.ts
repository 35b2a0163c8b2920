import { configurationTable } from '../../../lambdas/adapters/configuration-table';
import { readDocument } from '../../../lambdas/domain/configuration/document';
import { tableNames } from '../../storage/local-dynamodb';
import { campaignDocument, integrationDocument, putDocument } from './support/documents';
import { noHurry, startStorage, type Storage } from './support/storage';

const read = `GetItem ${tableNames.config}`;
let storage: Storage;
let now = Date.now();

beforeAll(async () => {
  storage = await startStorage();
});
afterEach(() => {
  storage.proxy.heal();
  storage.proxy.forget();
});
afterAll(() => storage.stop());

const tableThatRemembers = (seconds: number) =>
  configurationTable(storage.client, tableNames.config, seconds, readDocument, () => now);

describe('a document', () => {
  test('is read once within its cache time, and anew after it', async () => {
    await putDocument(storage, 'campaign', 'cached', campaignDocument);
    const table = tableThatRemembers(60);

    expect(await table.find('campaign', 'cached', noHurry)).toMatchObject({ version: 1 });
    await putDocument(storage, 'campaign', 'cached', { ...campaignDocument, status: 'paused' });
    now += 59_999;
    expect(await table.find('campaign', 'cached', noHurry)).toMatchObject({ version: 1 });
    now += 1;
    expect(await table.find('campaign', 'cached', noHurry)).toMatchObject({
      version: 2,
      document: { status: 'paused' },
    });
    expect(storage.proxy.calls()).toEqual([read, read]);
  });

  test('is read each time where the cache time is 0', async () => {
    await putDocument(storage, 'campaign', 'uncached', campaignDocument);
    const table = tableThatRemembers(0);

    await table.find('campaign', 'uncached', noHurry);
    await table.find('campaign', 'uncached', noHurry);
    expect(storage.proxy.calls()).toEqual([read, read]);
  });

  test('is read once for all that ask at the same moment', async () => {
    await putDocument(storage, 'integration', 'wanted', integrationDocument);
    const table = tableThatRemembers(60);

    const found = await Promise.all(Array.from({ length: 20 }, () => table.find('integration', 'wanted', noHurry)));
    expect(found.map((version) => version?.id)).toEqual(Array.from({ length: 20 }, () => 'wanted'));
    expect(storage.proxy.calls()).toEqual([read]);
  });

  test('serves on from memory where a refresh fails, and the table is asked again five seconds later', async () => {
    await putDocument(storage, 'campaign', 'stale', campaignDocument);
    const table = tableThatRemembers(60);
    await table.find('campaign', 'stale', noHurry);
    await putDocument(storage, 'campaign', 'stale', { ...campaignDocument, name: 'Summer' });
    storage.proxy.break({ fault: 'throttle' });
    now += 60_000;

    expect(await table.find('campaign', 'stale', noHurry)).toMatchObject({ document: { name: 'Spring' } });
    const asked = storage.proxy.calls().length;
    expect(await table.find('campaign', 'stale', noHurry)).toMatchObject({ document: { name: 'Spring' } });
    expect(storage.proxy.calls()).toHaveLength(asked);
    storage.proxy.heal();
    now += 5_000;
    expect(await table.find('campaign', 'stale', noHurry)).toMatchObject({ document: { name: 'Summer' } });
  });

  test('that was never read throws where the table does not answer', async () => {
    storage.proxy.break({ fault: 'error' });

    await expect(tableThatRemembers(60).find('campaign', 'never', noHurry)).rejects.toThrow('the table is broken');
  });

  test('whose read hangs is given up at the deadline', async () => {
    storage.proxy.break({ fault: 'hang' });

    await expect(tableThatRemembers(60).find('campaign', 'slow', { remaining: () => 50 })).rejects.toThrow('aborted');
  });

  test('that is missing is not cached as missing: a new one shows immediately', async () => {
    const table = tableThatRemembers(60);

    expect(await table.find('campaign', 'soon', noHurry)).toBeUndefined();
    await putDocument(storage, 'campaign', 'soon', campaignDocument);
    expect(await table.find('campaign', 'soon', noHurry)).toMatchObject({ id: 'soon' });
  });

  test('that was deleted is not there', async () => {
    await putDocument(storage, 'campaign', 'gone', campaignDocument);
    await putDocument(storage, 'campaign', 'gone', campaignDocument, { deleted: true });

    expect(await tableThatRemembers(60).find('campaign', 'gone', noHurry)).toBeUndefined();
  });

  test('that was deleted is read once within its cache time, and is there again after it where it was made anew', async () => {
    await putDocument(storage, 'integration', 'ended', integrationDocument);
    await putDocument(storage, 'integration', 'ended', integrationDocument, { deleted: true });
    const table = tableThatRemembers(60);
    storage.proxy.forget();

    for (let asked = 0; asked < 3; asked++) {
      expect(await table.find('integration', 'ended', noHurry)).toBeUndefined();
    }
    expect(storage.proxy.calls()).toEqual([read]);
    storage.proxy.break({ fault: 'throttle' });
    now += 60_000;
    expect(await table.find('integration', 'ended', noHurry)).toBeUndefined();
    storage.proxy.heal();
    await putDocument(storage, 'integration', 'ended', integrationDocument);
    now += 60_000;
    expect(await table.find('integration', 'ended', noHurry)).toMatchObject({ version: 3 });
  });

  test('of one kind is not taken for the one of another kind with the same ID', async () => {
    await putDocument(storage, 'integration', 'twin', integrationDocument);
    const table = tableThatRemembers(60);
    await table.find('integration', 'twin', noHurry);

    expect(await table.find('campaign', 'twin', noHurry)).toBeUndefined();
  });

  test.each([
    ['an ID of 3,000 letters', 'x'.repeat(3000)],
    ['an empty ID', ''],
    ['an ID with a #', 'a#b'],
  ])('with %s cannot be there, and nobody asks the table', async (_what, id) => {
    expect(await tableThatRemembers(60).find('campaign', id, noHurry)).toBeUndefined();
    expect(storage.proxy.calls()).toEqual([]);
  });

  test('whose keys were rotated comes with both key numbers', async () => {
    await putDocument(storage, 'integration', 'rotated', integrationDocument, { keys: { current: 2, previous: 1 } });

    expect(await tableThatRemembers(60).find('integration', 'rotated', noHurry)).toMatchObject({
      keys: { current: 2, previous: 1 },
    });
  });
});

describe('a version that a document had', () => {
  test('is read once for all queued requests that were received under it, since it never changes', async () => {
    await putDocument(storage, 'integration', 'past', integrationDocument);
    await putDocument(storage, 'integration', 'past', { ...integrationDocument, name: 'Acme, renamed' });
    const table = tableThatRemembers(0);
    const find = () => table.findVersion('integration', 'past', 1, noHurry);

    const found = await Promise.all([find(), find(), find()]);
    expect([...found, await find()].map((version) => version?.document.name)).toEqual(Array(4).fill('Acme'));
    expect(storage.proxy.calls()).toEqual([read]);
  });

  test('is read again after a read that failed or found nothing', async () => {
    await putDocument(storage, 'integration', 'tried', integrationDocument);
    const table = tableThatRemembers(0);
    storage.proxy.break({ fault: 'throttle' });
    await expect(table.findVersion('integration', 'tried', 1, noHurry)).rejects.toThrow('the table is throttled');
    storage.proxy.heal();

    expect(await table.findVersion('integration', 'tried', 1, noHurry)).toMatchObject({ version: 1 });
    expect(await table.findVersion('integration', 'tried', 2, noHurry)).toBeUndefined();
    await putDocument(storage, 'integration', 'tried', integrationDocument);
    expect(await table.findVersion('integration', 'tried', 2, noHurry)).toMatchObject({ version: 2 });
  });
});
