import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { storeFacts, type FactStore } from '../lambdas/domain/reports/support/duckdb';
import { randomFacts } from '../lambdas/domain/reports/support/facts';
import { reportFacts } from '../lambdas/admin/support/report-facts';
import { deliveriesTable } from '../../lambdas/adapters/deliveries-table';
import { servicesFromEnvironment, type OutboundServices } from '../../lambdas/admin/http/services';
import { environmentVariable } from '../../lambdas/contract';
import { sampleClickId } from '../../lambdas/domain/click/click-id';
import { deliveryIdOf } from '../../lambdas/domain/outbound/delivery-id';
import { tableNames } from '../storage/local-dynamodb';
import { atLength } from '../support/at-length';
import { record, type Reply } from '../lambdas/admin/support/admin-caller';
import { campaignDocument, integrationDocument } from '../lambdas/admin/support/admin-stack';
import { startLocalQueues, type LocalQueues } from '../lambdas/admin/support/local-queues';
import { recountInMemory } from '../lambdas/admin/support/recount-bench';
import { FilesInMemory } from '../lambdas/adapters/support/files-in-memory';
import { logRow } from '../lambdas/admin/support/log-rows';
import { storeAsOtherRelease } from '../lambdas/admin/support/other-release';
import { requestOf, startTracker, waitingPostback, type Tracker } from '../lambdas/admin/support/tracker';
import { readOperations, type Operation } from './support/operations';
import { allowedRequests, damagedRequests, type SentRequest } from './support/requests';
import { schemasOf, type Schemas } from './support/schemas';

/**
 * A client that knows the OpenAPI document and nothing else: whatever it sends, allowed or not, it is answered as the document says.
 * `CLIENT_RUNS` sends more.
 */
const runs = Number(process.env['CLIENT_RUNS'] ?? atLength(25, 10));

/** A queue answers slowly where it is empty. */
const slow: readonly string[] = ['listDeadLetters', 'getDeadLetter', 'deleteDeadLetter', 'redriveDeadLetters'];

/** What an allowed request may be rejected for all the same, by the path of the problem: JSON Schema cannot say it. */
const beyondSchemas: Readonly<Record<string, readonly string[]>> = {
  // The integration must be there, each offer must have an ID of its own, and two versions must be one.
  putCampaign: ['integration', 'offers', 'version'],
  // A word has one meaning, a parameter one field, and an amount one format.
  putIntegration: ['version', 'statuses', 'events', 'currencies', 'duplicates', 'parameters', 'decimalComma'],
  // A request of a postback has macros of ours, goes to a public host, and has what its template asks for; one postback alone is past.
  putSource: ['postbacks', 'postback', 'version'],
  // It ends after it begins, its zone is one that there is, and each model has fields of its own.
  putCost: ['campaign', 'to', 'timezone', 'amount', 'currency', 'percent', 'event', 'statuses', 'version'],
  // A day is one of the calendar.
  putRate: ['days', 'version'],
  // As of a report that is asked for.
  putSavedReport: ['from', 'to', 'days', 'timezone', 'group', 'metrics', 'filter', 'sort', 'version'],
  // As of the log that is asked.
  putSavedSearch: ['clickId', 'since', 'until', 'version'],
  // A page is of the history.
  getCampaign: ['limit'],
  getIntegration: ['limit'],
  getSource: ['limit'],
  getCost: ['limit'],
  getRate: ['limit'],
  getSavedReport: ['limit'],
  getSavedSearch: ['limit'],
  // A period ends after it begins, and a click has none; a cursor is one that an answer gave.
  getStoredCells: ['since'],
  getCountedCells: ['since'],
  startRecount: ['since'],
  // A source has the postback that is tried, and a secret is one of a few.
  listDeliveries: ['source', 'clickId', 'since'],
  // A period ends after it begins, a day is in the calendar, and a zone is one that there is.
  listSourceDays: ['from', 'to', 'timezone'],
  testSource: ['postback'],
  putSourceSecret: ['secretName'],
  listPostbacks: ['since', 'clickId'],
  replayPostbacks: ['filter.since', 'cursor'],
  listConversions: ['clickId', 'campaign', 'since', 'until', 'includeTests', 'filter'],
  // A time is on a quarter of an hour, a zone is one that there is, a filter names fields, and what is sorted by is asked for.
  getReport: ['from', 'to', 'days', 'timezone', 'group', 'metrics', 'filter', 'sort'],
  exportReport: ['from', 'to', 'days', 'timezone', 'group', 'metrics', 'filter'],
};

let queues: LocalQueues;
let facts: FactStore;
let tracker: Tracker;
let schemas: Schemas;
let operations: readonly Operation[];
const known: Record<string, string[]> = {
  campaigns: ['spring', 'gone', 'new', 'broken'],
  integrations: ['acme', 'gone', 'new', 'broken'],
  sources: ['news', 'gone', 'new'],
  costs: ['november', 'gone', 'new'],
  rates: ['ecb', 'gone', 'new'],
  'saved-reports': ['weekly', 'gone', 'new'],
  'saved-searches': ['rejected', 'gone', 'new'],
  postbacks: [],
  deliveries: [],
  batches: [],
  'dead-letters': [],
  clicks: [],
};

beforeAll(async () => {
  queues = await startLocalQueues();
  facts = await storeFacts(randomFacts(1, 50));
  const reports = reportFacts(facts).services;
  process.env[environmentVariable.deliveryQueueUrl] = process.env[environmentVariable.retryQueueUrl];
  const outbound = (): OutboundServices => ({
    ...servicesFromEnvironment(tracker.client).outbound(),
    send: async () => ({ httpStatus: 200, text: 'OK' }),
  });
  const files = new FilesInMemory();
  const recounting = () => {
    const services = recountInMemory(tracker.client, files, () => randomUUID());
    const start: typeof services.recounts.start = (state, ...others) => {
      recountId = state.id;
      return services.recounts.start(state, ...others);
    };
    return { ...services, recounts: { ...services.recounts, start } };
  };
  tracker = await startTracker({ reports: () => reports, outbound, recounting });
  await tracker.put('integrations', 'acme', { ...integrationDocument, currency: 'USD', auth: { token: 'off' } });
  await tracker.put('campaigns', 'spring', campaignDocument('acme'));
  await tracker.call('PUT', '/sources/news', { body: { name: 'News' } });
  // The names that are tried in a path are those of its kind, also for its secrets.
  await tracker.call('PUT', '/sources/news/secrets/gone', { body: { value: 'a secret' } });
  const spent = { campaign: 'spring', from: '2026-11-01', to: '2026-11-30', amount: '257', currency: 'USD' };
  await tracker.call('PUT', '/costs/november', { body: spent });
  await tracker.call('PUT', '/rates/ecb', { body: { base: 'EUR', days: { '2026-11-02': { USD: '1.0871' } } } });
  await tracker.call('PUT', '/saved-reports/weekly', { body: { group: 'campaign', days: '7' } });
  await tracker.call('PUT', '/saved-searches/rejected', { body: { since: '24h', result: 'rejected' } });
  for (const amount of ['1', '2.50', 'x']) {
    const click = await tracker.click();
    const { requestId } = await tracker.postback({ clickid: click.clickId, amount, txid: 'T1' });
    known['postbacks']?.push(requestId);
    known['clicks']?.push(click.clickId);
  }
  known['deliveries']?.push(...(await skippedDeliveries(tracker)));
  const batch = await logRow(tracker.client, Date.now(), { rows: 3, result: 'queued', reason: 'PENDING_BATCH' });
  known['batches']?.push(batch.requestId);
  await queues.putDeadLetter(waitingPostback(requestOf({ amount: '1' })), 'STORAGE_REFUSED', Date.now());
  const { items: letters } = await tracker.call('GET', '/dead-letters');
  known['dead-letters']?.push(...letters.map(({ messageId }) => String(messageId)));
  for (const kind of ['campaign', 'integration'] as const) {
    await storeAsOtherRelease(tracker.client, kind, 'broken', { colour: 'blue' });
  }
  const document = (await tracker.call('GET', '/openapi.json')).body;
  schemas = schemasOf(document);
  operations = readOperations(document)
    .filter(({ path }) => path.startsWith('/admin/'))
    // What is deleted, or moved, is not there for the others.
    .sort((left, right) => whenDone(left) - whenDone(right));
}, 60_000);
afterAll(async () => {
  await tracker.stop();
  await queues.stop();
  facts.stop();
});

/** Deliveries of a conversion that were decided against, and may be resent. */
async function skippedDeliveries({ client }: Tracker): Promise<readonly string[]> {
  const sale = {
    clickId: sampleClickId,
    conversionKey: 'sale#',
    conversionVersion: 1,
    event: 'sale',
    status: 'approved',
  } as const;
  const table = deliveriesTable(client, tableNames.deliveries);
  const ids: string[] = [];
  for (const postbackId of ['one', 'two']) {
    const id = deliveryIdOf(sale, 'news', postbackId, '1');
    const delivery = { ...sale, id, sourceId: 'news', postbackId, when: 'first' } as const;
    await table.plan({ ...delivery, state: 'skipped', reason: 'MACRO_EMPTY' }, Date.now(), { remaining: () => 10_000 });
    ids.push(id);
  }
  return ids;
}

const whenDone = ({ id, method }: Operation): number => (id === 'redriveDeadLetters' ? 2 : method === 'DELETE' ? 1 : 0);

function knownAt(place: string): readonly string[] {
  return known[place.split('/')[0] ?? ''] ?? [];
}

/** What is not as the document says of an answer. */
function problemOf({ responses }: Operation, reply: Reply): string | undefined {
  if (reply.status >= 500) return `${reply.status}: ${reply.text}`;
  const documented = responses[String(reply.status)];
  if (documented === undefined) return `${reply.status} is not in the document: ${reply.text}`;
  const mediaTypes = Object.keys(documented);
  const sent = reply.headers['content-type'];
  if (mediaTypes.length === 0) return reply.text === '' ? undefined : `there is a body: ${reply.text}`;
  const mediaType = sent?.startsWith('application/json') === true ? 'application/json' : (sent ?? '');
  const schema = documented[mediaType];
  if (schema === undefined) return `${sent} is not in the document`;
  const problem = schemas.problemOf(schema, mediaType === 'application/json' ? reply.body : reply.text);
  return problem === undefined ? undefined : `${reply.status} ${problem}: ${reply.text}`;
}

const isWithin = (field: string, path: string): boolean => path === field || path.startsWith(`${field}.`);

/** Whether an answer is no rejection of what was sent, or one for what the document cannot say. */
function isTaken({ id }: Operation, { status, body }: Reply): boolean {
  if (status !== 400) return true;
  const problems = Array.isArray(body['problems']) ? body['problems'].map(record) : [];
  const allowed = beyondSchemas[id] ?? [];
  return problems.length > 0 && problems.every(({ path }) => allowed.some((one) => isWithin(one, String(path))));
}

/** The recount that was begun last. */
let recountId = '';
const namedRecount = {
  get id() {
    return recountId;
  },
};

/**
 * What the operations before it have done away with: the source's postback, and a recount that is not taken.
 */
const unreachable: readonly string[] = ['testSource', 'discardRecount'];

/** A client names what is there, and most changes are based on no version in particular. */
const named: Readonly<Record<string, object>> = {
  putCampaign: { integration: 'acme' },
  makeTestClick: { campaign: 'spring' },
  continueRecount: namedRecount,
  takeRecount: namedRecount,
  discardRecount: namedRecount,
};

/** Operations whose parameters are seldom right all together: most clients leave them out. */
const bare: readonly string[] = ['getReport', 'listSourceDays'];

/** Documents whose fields are seldom right all together: one client in four fills in none that the document cannot describe. */
const plain: readonly string[] = ['putSavedReport'];

type Client = 'based' | 'plain' | 'usual';
const clients = fc.constantFrom<Client[]>('based', 'plain', 'usual', 'usual');

function asClientsDo({ id, body }: Operation, request: SentRequest, client: Client): SentRequest {
  const based = client === 'based';
  const [path = request.path] = bare.includes(id) ? request.path.split('?') : [request.path];
  const sent = based ? request : { ...request, path, headers: {} };
  if (body === undefined || typeof request.body !== 'object') return sent;
  const { version, ...all } = record(request.body);
  const omitted = client === 'plain' && plain.includes(id) ? (beyondSchemas[id] ?? []) : [];
  const fields = Object.fromEntries(Object.entries(all).filter(([field]) => !omitted.includes(field)));
  return { ...sent, body: { ...fields, ...(based && version !== undefined && { version }), ...named[id] } };
}

const send = (operation: Operation, { path, ...options }: SentRequest): Promise<Reply> =>
  tracker.call(operation.method, path, options);

/** Each operation that the document tells, so that a new one is tried without a word here. */
async function tryAll(check: (operation: Operation, numRuns: number) => Promise<void>): Promise<void> {
  expect(operations.length).toBeGreaterThan(25);
  for (const operation of operations) {
    await check(operation, slow.includes(operation.id) ? Math.ceil(runs / 10) : runs);
  }
}

/** Some operations are rejected for what the document cannot say nine times of ten: so often they are tried until one is done. */
const rounds = 50;

test('whatever the document allows is taken, and answered as the document says', async () => {
  const done = new Set<string>();
  await tryAll(async (operation, numRuns) => {
    const requests = allowedRequests(operation, schemas, knownAt);
    for (let round = 0; round < rounds && !done.has(operation.id); round++) {
      await fc.assert(
        fc.asyncProperty(requests, clients, async (request, client) => {
          const reply = await send(operation, asClientsDo(operation, request, client));
          expect([operation.id, problemOf(operation, reply)]).toStrictEqual([operation.id, undefined]);
          if (reply.status < 300) done.add(operation.id);
          expect([operation.id, reply.text, isTaken(operation, reply)]).toStrictEqual([operation.id, reply.text, true]);
        }),
        { numRuns },
      );
    }
  });
  // Each was also done, and not only rejected as it may be.
  const reachable = operations.map(({ id }) => id).filter((id) => !unreachable.includes(id));
  expect([...done].filter((id) => !unreachable.includes(id)).sort()).toStrictEqual(reachable.sort());
}, 300_000);

test('whatever it does not allow is answered as the document says, and never by a fault of ours', async () => {
  await tryAll((operation, numRuns) =>
    fc.assert(
      fc.asyncProperty(damagedRequests(operation, schemas, knownAt), async (request) => {
        const reply = await send(operation, request);
        expect([operation.id, problemOf(operation, reply)]).toStrictEqual([operation.id, undefined]);
      }),
      { numRuns },
    ),
  );
}, 300_000);
