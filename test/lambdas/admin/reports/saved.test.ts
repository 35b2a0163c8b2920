import { startAdminStack, type AdminStack } from '../support/admin-stack';

let stack: AdminStack;
beforeAll(async () => {
  stack = await startAdminStack();
});
afterAll(() => stack.stop());

const saved = {
  name: 'Weekly',
  days: '7',
  group: 'campaign,source',
  metrics: 'clicks,revenue',
  sort: '-revenue',
  limit: '20',
};

test('a saved report has versions as other documents have', async () => {
  const made = await stack.call('PUT', '/saved-reports/weekly', { body: saved });
  expect([made.status, made.body]).toStrictEqual([201, expect.objectContaining({ ...saved, version: 1 })]);
  await stack.call('PUT', '/saved-reports/weekly', { body: { ...saved, days: '14', version: 1 } });
  const late = await stack.call('PUT', '/saved-reports/weekly', { body: { ...saved, version: 1 } });
  expect([late.status, late.body['error']]).toStrictEqual([409, 'VERSION_CONFLICT']);
  const history = await stack.call('GET', '/saved-reports/weekly?history=1');
  expect((history.body['items'] as { days: string }[]).map(({ days }) => days)).toStrictEqual(['14', '7']);
  expect((await stack.call('GET', '/saved-reports')).body['items']).toHaveLength(1);
  expect((await stack.call('DELETE', '/saved-reports/weekly')).status).toBe(204);
  expect((await stack.call('GET', '/saved-reports/weekly')).status).toBe(404);
});

test.each([
  [{ group: 'planet' }, 'group: "planet" is no group'],
  [{ filter: 'a:b' }, 'filter: "a" is no field to filter on'],
  [{ sort: '-cr', metrics: 'clicks' }, 'sort: must be one of the metrics and groups that are asked for'],
  [{ from: '2026-11-02', to: '2026-11-01' }, 'from: must be before to'],
  [{ from: '2026-11-02', days: '7' }, 'days: must be omitted where "from" is given'],
  [{ days: '0' }, 'days: must be a whole number of days from 1 to 3660'],
  [{ limit: '10001' }, 'limit: must be a whole number from 1 to 10000'],
  [{ timezone: 'Mars' }, 'timezone: must be an IANA time zone'],
  [{ format: 'csv' }, 'format: is no field of this document'],
  [{ days: 7 }, 'days: '],
])('what would be no report is not saved: %j', async (document, problem) => {
  const reply = await stack.call('PUT', '/saved-reports/wrong', { body: document });
  expect([reply.status, reply.body['message']]).toStrictEqual([400, expect.stringContaining(problem)]);
});

test.each([
  ['result', { result: 'fine' }],
  ['reason', { reason: 'BECAUSE' }],
  ['warning', { warning: 'LOUD' }],
  ['clickId', { clickId: 'short' }],
  ['requestId', { requestId: 'a' }],
  ['since', { since: '2026-02-30T00:00:00Z' }],
  ['until', { until: '2026-02-30T00:00:00Z' }],
])('a search that the log would reject is not saved: %s', async (path, document) => {
  const reply = await stack.call('PUT', '/saved-searches/wrong', { body: document });
  expect([reply.status, reply.body['problems']]).toMatchObject([400, [{ path }]]);
});

test('a search of the log is saved for the team, and nothing that is no search', async () => {
  const search = { name: 'Rejected this week', since: '7d', result: 'rejected' };
  const made = await stack.call('PUT', '/saved-searches/rejected', { body: search });
  expect([made.status, made.body]).toStrictEqual([201, expect.objectContaining({ ...search, version: 1 })]);
  expect((await stack.call('GET', '/saved-searches')).body['items']).toMatchObject([{ id: 'rejected', ...search }]);
  const wrong = await stack.call('PUT', '/saved-searches/wrong', { body: { since: 'yesterday', live: '1' } });
  expect([wrong.status, wrong.body['message']]).toStrictEqual([
    400,
    expect.stringContaining('since: must be a stretch'),
  ]);
  expect(wrong.body['message']).toContain('live: is no field of this document');
  expect((await stack.call('DELETE', '/saved-searches/rejected')).status).toBe(204);
});
