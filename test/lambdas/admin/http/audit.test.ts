import { capturedLines, type CapturedLines } from '../../adapters/support/captured-lines';
import { campaignDocument, integrationDocument } from '../support/admin-stack';
import { startLocalQueues, type LocalQueues } from '../support/local-queues';
import { startTracker, type Tracker } from '../support/tracker';

const author = 'arn:aws:sts::123456789012:assumed-role/Operators/ada';

let queues: LocalQueues;
let tracker: Tracker;
let lines: CapturedLines;
beforeAll(async () => {
  queues = await startLocalQueues();
  tracker = await startTracker();
});
beforeEach(() => (lines = capturedLines()));
afterEach(() => lines.end());
afterAll(async () => {
  await tracker.stop();
  await queues.stop();
});

/** What each line tells of who did what. */
const told = () =>
  lines.records
    .filter(({ operation }) => operation !== undefined)
    .map((line) => [line['author'], line['operation'], line['id'], line['httpStatus']]);

test('every change, and every look at a secret, is one line with who made it, what it was, and how it was answered', async () => {
  const { clickId } = await tracker.click();
  const integration = { body: integrationDocument, author };
  await tracker.call('PUT', '/integrations/acme', integration);
  await tracker.call('PUT', '/campaigns/spring', { body: campaignDocument('acme'), author });
  await tracker.call('POST', '/integrations/acme/keys', { author });
  await tracker.call('POST', '/integrations/acme/credentials', { author });
  await tracker.call('POST', '/integrations/acme/sheet', { author });
  await tracker.call('POST', '/integrations/acme/keys', { author, headers: { 'content-type': 'text/plain' } });
  await tracker.call('DELETE', '/integrations/acme', { author });
  await tracker.call('DELETE', '/campaigns/spring', { author });
  await tracker.call('POST', '/postbacks/replay', { body: { dryRun: true }, author });
  await tracker.call('POST', '/dead-letters/redrive', { author });
  await tracker.call('DELETE', `/clicks/${clickId}`, { author });
  expect(told()).toStrictEqual([
    [author, 'putIntegration', 'acme', 201],
    [author, 'putCampaign', 'spring', 201],
    [author, 'rotateKeys', 'acme', 200],
    [author, 'readCredentials', 'acme', 200],
    [author, 'readSheetWithToken', 'acme', 200],
    [author, 'rotateKeys', 'acme', 415],
    [author, 'deleteIntegration', 'acme', 409],
    [author, 'deleteCampaign', 'spring', 204],
    [author, 'replayPostbacks', 'replay', 200],
    [author, 'redriveDeadLetters', 'redrive', 200],
    [author, 'eraseClick', clickId, 200],
  ]);
});

test('looking is no change', async () => {
  await tracker.call('GET', '/campaigns', { author });
  expect(told()).toStrictEqual([]);
});

test('history tells who rotated the keys and who deleted', async () => {
  await tracker.call('PUT', '/integrations/watched', { body: integrationDocument, author: 'one' });
  await tracker.call('POST', '/integrations/watched/keys', { author: 'two' });
  await tracker.call('DELETE', '/integrations/watched', { author: 'three' });
  const { items } = await tracker.call('GET', '/integrations/watched?history=1');
  expect(items.map(({ version, updatedBy, keys, deleted }) => [version, updatedBy, keys, deleted])).toStrictEqual([
    [3, 'three', { current: 2, previous: 1 }, true],
    [2, 'two', { current: 2, previous: 1 }, undefined],
    [1, 'one', { current: 1 }, undefined],
  ]);
});
