/**
 * Measures the cost of the worst requests: CPU and memory of the postback function for each, with storage that answers immediately.
 *   npm run bench:hostile
 * A postback of up to 256 kB takes at most 250 ms and 64 MB, whatever it holds, and a batch of up to 4 MB four times that; a row beyond is marked.
 */
import { randomBytes } from 'node:crypto';
import type { RetryQueue } from '../lambdas/adapters/retry-queue';
import { environmentVariable } from '../lambdas/contract';
import { mintClickId } from '../lambdas/domain/click/signed-click-id';
import { mintRequestId } from '../lambdas/domain/values/request-id';
import { readDocument, type DocumentKind, type Version } from '../lambdas/domain/configuration/document';
import { settleByKey } from '../lambdas/domain/conversion/settlement';
import { floodLimit } from '../lambdas/domain/log/flood-limit';
import type { PostbackRequest } from '../lambdas/domain/text/postback-request';
import { acceptedCredentials, clickIdKeys, firstKeys, type Master } from '../lambdas/domain/trust/keys';
import type { JudgementStores } from '../lambdas/judgement/judge';
import { answerPostback } from '../lambdas/postback/answer-postback';
import { answerBatch } from '../lambdas/postback/batch';
import { hostileBatches, hostilePostbacks } from './hostile-requests';

const bounds = { postback: { milliseconds: 250, megabytes: 64 }, batch: { milliseconds: 1000, megabytes: 256 } };

const master: Master = { currentNumber: 1, current: randomBytes(32).toString('hex') };
const now = Date.now();
const clickId = mintClickId(clickIdKeys(master)[0], now - 60_000, randomBytes(8));
const token = acceptedCredentials(master, 'acme', firstKeys)[0]?.token ?? '';

function versionOf<Kind extends 'campaign' | 'integration'>(kind: Kind, input: unknown): Version<Kind> {
  const reading = readDocument(kind, input);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { kind, id: 'acme', version: 1, changedAt: now, author: 'bench', document: reading.document };
}

const documents: { readonly [Kind in DocumentKind]: Version<Kind> | undefined } = {
  source: undefined,
  cost: undefined,
  rate: undefined,
  report: undefined,
  search: undefined,
  integration: versionOf('integration', { name: 'Acme', preset: 'generic', currency: 'USD' }),
  campaign: versionOf('campaign', {
    name: 'Acme',
    integration: 'acme',
    status: 'active',
    offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }],
  }),
};

const click = {
  clickId,
  campaign: 'acme',
  integration: 'acme',
  offer: 'main',
  subs: {},
  parameters: {},
  truncated: false,
  test: false,
  bot: false,
  clickedAt: now - 60_000,
  expiresAt: now / 1000 + 86_400,
};

/** Storage that answers immediately and keeps nothing but counts. */
function countingStorage() {
  const stored = { rows: 0, 'row kB': 0, messages: 0, 'message kB': 0 };
  const putRow = async (row: object): Promise<true> => {
    stored.rows++;
    stored['row kB'] += JSON.stringify(row).length / 1000;
    return true;
  };
  const send = (bodies: readonly string[]): void => {
    stored.messages += bodies.length;
    stored['message kB'] += bodies.reduce((sum, { length }) => sum + length, 0) / 1000;
  };
  const stores: JudgementStores = {
    configuration: {
      find: async (kind) => documents[kind],
      findVersion: async (kind) => documents[kind],
    },
    clicks: { find: async () => click, put: async () => undefined, probe: async () => undefined },
    conversions: {
      record: async (subject, claim, { mayCreate }) => settleByKey(undefined, subject, claim, mayCreate),
      foresee: async (subject, claim, { mayCreate }) => settleByKey(undefined, subject, claim, mayCreate),
      integrationOf: async () => 'acme',
    },
    postbackLog: { put: async (row) => void (await putRow(row)), putExpected: putRow },
    keyUse: { note: async () => undefined },
    reversalMarks: { mark: async () => undefined },
    masterSecret: { read: async () => master },
    logRetentionDays: 90,
  };
  const queue: RetryQueue = { send: async (body) => send([body]), sendAll: async (bodies) => (send(bodies), []) };
  return { stores, queue, stored };
}

function requestOf(path: string, rawQuery: string, body: string | Uint8Array): PostbackRequest {
  const sourceIp = '203.0.113.7';
  const headers = { 'user-agent': 'sender/1.0' };
  const bytes = Buffer.from(body);
  return { method: 'POST', path, rawQuery, body: bytes, headers, sourceIp, receivedAt: now, integration: 'acme' };
}

async function measure(what: string, kind: keyof typeof bounds, request: PostbackRequest) {
  const { stores, queue, stored } = countingStorage();
  const deadline = { remaining: () => 60_000 };
  const submission = { request, requestId: mintRequestId(now, randomBytes(9)), attempts: 1 };
  const around = { stores, queue, limit: floodLimit() };
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const { body = '{}' } = await silently(() =>
    kind === 'batch' ? answerBatch(request, stores, queue, deadline) : answerPostback(submission, around, deadline),
  );
  const { user, system } = process.cpuUsage(cpu);
  const { heapUsed, external } = process.memoryUsage();
  const milliseconds = (user + system) / 1000;
  const megabytes = (heapUsed + external - memory.heapUsed - memory.external) / 1e6;
  const isBeyond = milliseconds > bounds[kind].milliseconds || megabytes > bounds[kind].megabytes;
  const answer: unknown = JSON.parse(body);
  const reason = typeof answer === 'object' && answer !== null && 'reason' in answer ? answer.reason : undefined;
  const counts = Object.entries(stored).map(([name, count]) => [name, Math.round(count)]);
  return {
    what,
    reason,
    kB: Math.round(request.body.length / 1000),
    'CPU ms': Math.round(milliseconds),
    MB: Math.max(0, Math.round(megabytes)),
    ...Object.fromEntries(counts),
    beyond: isBeyond ? '!' : '',
  };
}

/** Without the lines of the function's log. */
async function silently<Value>(work: () => Promise<Value>): Promise<Value> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

async function run(): Promise<void> {
  process.env[environmentVariable.stage] = 'bench';
  const rows = [];
  // Twice: only a warm function is measured.
  for (const isWarm of [false, true]) {
    for (const [what, make] of Object.entries(hostilePostbacks)) {
      for (const sent of [token, 'wrong']) {
        const request = requestOf('/postback/acme', `token=${sent}`, make(clickId));
        const row = await measure(`${what}${sent === token ? '' : ', of a stranger'}`, 'postback', request);
        if (isWarm) rows.push(row);
      }
    }
  }
  for (const [what, make] of Object.entries(hostileBatches)) {
    rows.push(await measure(what, 'batch', requestOf('/postbacks/acme', `token=${token}`, make(clickId))));
  }
  console.table(rows);
}

void run();
