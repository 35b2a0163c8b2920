import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clicksTable } from '../../lambdas/adapters/clicks-table';
import { conversionsTable } from '../../lambdas/adapters/conversions-table';
import { deadlineAt } from '../../lambdas/adapters/deadline';
import { dynamoDbClient } from '../../lambdas/adapters/dynamodb';
import { keyUseTable } from '../../lambdas/adapters/key-use-table';
import { reversalMarks } from '../../lambdas/adapters/reversal-marks';
import { postbackLogTable } from '../../lambdas/adapters/postback-log-table';
import type { Click } from '../../lambdas/domain/click/click';
import { readDocument, type Version } from '../../lambdas/domain/configuration/document';
import { mintClickId } from '../../lambdas/domain/click/signed-click-id';
import { mintRequestId } from '../../lambdas/domain/values/request-id';
import { answerOf } from '../../lambdas/domain/verdict/answer';
import { presetIds } from '../../lambdas/domain/presets';
import { clickIdKeys, type Master } from '../../lambdas/domain/trust/keys';
import { judge, type JudgementStores } from '../../lambdas/judgement/judge';
import { createTables, startLocalDynamoDb, tableNames, type LocalDynamoDb } from '../storage/local-dynamodb';
import { cases as adgate } from './cases/adgate';
import { cases as adjust } from './cases/adjust';
import { cases as affise } from './cases/affise';
import { cases as appsflyer } from './cases/appsflyer';
import { cases as awin } from './cases/awin';
import { cases as bemob } from './cases/bemob';
import { cases as binom } from './cases/binom';
import { cases as cake } from './cases/cake';
import { cases as clickbank } from './cases/clickbank';
import { cases as clickflare } from './cases/clickflare';
import { cases as cpxResearch } from './cases/cpx-research';
import { cases as digistore24 } from './cases/digistore24';
import { cases as dub } from './cases/dub';
import { cases as everflow } from './cases/everflow';
import { cases as generic } from './cases/generic';
import { cases as hotmart } from './cases/hotmart';
import { cases as impact } from './cases/impact';
import { cases as keitaro } from './cases/keitaro';
import { cases as lemonSqueezy } from './cases/lemon-squeezy';
import { cases as paddle } from './cases/paddle';
import { cases as paypal } from './cases/paypal';
import { cases as postAffiliatePro } from './cases/post-affiliate-pro';
import { cases as redtrack } from './cases/redtrack';
import { cases as scaleo } from './cases/scaleo';
import { cases as shopify } from './cases/shopify';
import { cases as stripe } from './cases/stripe';
import { cases as thrivecart } from './cases/thrivecart';
import { cases as tune } from './cases/tune';
import { cases as voluum } from './cases/voluum';
import { cases as warriorplus } from './cases/warriorplus';
import { cases as woocommerce } from './cases/woocommerce';
import type { GoldenCase } from './golden-case';

const casesOf: Readonly<Record<string, readonly GoldenCase[]>> = {
  adgate,
  adjust,
  affise,
  appsflyer,
  awin,
  bemob,
  binom,
  cake,
  clickbank,
  clickflare,
  'cpx-research': cpxResearch,
  digistore24,
  dub,
  everflow,
  generic,
  hotmart,
  impact,
  keitaro,
  'lemon-squeezy': lemonSqueezy,
  paddle,
  paypal,
  'post-affiliate-pro': postAffiliatePro,
  redtrack,
  scaleo,
  shopify,
  stripe,
  thrivecart,
  tune,
  voluum,
  warriorplus,
  woocommerce,
};

const master: Master = { currentNumber: 1, current: 'the master of the golden cases, long enough' };
const now = Date.UTC(2026, 10, 23, 12);
let database: LocalDynamoDb;
let client: DynamoDBClient;
let made = 0;

beforeAll(async () => {
  database = await startLocalDynamoDb();
  client = dynamoDbClient();
  await createTables(client);
});
afterAll(async () => {
  client.destroy();
  await database.stop();
});

function nextBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE((made += 1), length - 4);
  return bytes;
}

function version<Kind extends 'campaign' | 'integration'>(kind: Kind, input: unknown): Version<Kind> {
  const reading = readDocument(kind, input);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { kind, id: 'golden', version: 1, changedAt: now, author: 'test', document: reading.document };
}

/** Real tables; the configuration is the case's own. */
function storesFor(preset: string, golden: GoldenCase): JudgementStores {
  const integration = version('integration', {
    name: preset,
    preset,
    currency: 'USD',
    auth: { token: 'off', hmac: 'off', ip: 'off' },
    ...golden.integration,
  });
  const campaign = version('campaign', {
    name: 'golden',
    integration: 'golden',
    status: 'active',
    offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }],
  });
  const documents: Readonly<Record<string, Version<'campaign'> | Version<'integration'>>> = { integration, campaign };
  return {
    configuration: {
      find: async (kind) => documents[kind] as never,
      findVersion: async (kind) => documents[kind] as never,
    },
    clicks: clicksTable(client, tableNames.clicks),
    conversions: conversionsTable(client, tableNames.conversions),
    postbackLog: postbackLogTable(client, tableNames.postbackLog),
    keyUse: keyUseTable(client, tableNames.postbackLog),
    reversalMarks: reversalMarks(client, tableNames.clicks),
    masterSecret: { read: async () => master },
    logRetentionDays: 90,
  };
}

async function send(preset: string, golden: GoldenCase) {
  const stores = storesFor(preset, golden);
  const deadline = deadlineAt(Date.now() + 10_000);
  const clickId = mintClickId(clickIdKeys(master)[0], now - 3_600_000, nextBytes(8));
  const click: Click = {
    clickId,
    campaign: 'golden',
    integration: 'golden',
    offer: 'main',
    subs: {},
    parameters: {},
    truncated: false,
    test: false,
    bot: false,
    clickedAt: now - 3_600_000,
    expiresAt: now / 1000 + 86_400,
  };
  await stores.clicks.put(click, deadline);
  const body = Buffer.from((golden.body ?? '').replaceAll('CLICKID', clickId));
  const judged = await judge(
    {
      request: {
        method: golden.method ?? (golden.body === undefined ? 'GET' : 'POST'),
        path: golden.path ?? '/postback/golden',
        rawQuery: (golden.query ?? '').replaceAll('CLICKID', clickId),
        body,
        headers: { 'user-agent': 'golden', ...golden.headers },
        sourceIp: '203.0.113.7',
        receivedAt: now,
        integration: 'golden',
      },
      requestId: mintRequestId(now, nextBytes(9)),
      attempts: 1,
    },
    stores,
    deadline,
  );
  return { verdict: judged.verdict, answer: answerOf(judged.verdict, judged.facts.integration) };
}

it('holds at least 8 real-shaped requests for each preset, and 250 in all', () => {
  expect(Object.keys(casesOf).sort()).toEqual([...presetIds].sort());
  for (const cases of Object.values(casesOf)) expect(cases.length).toBeGreaterThanOrEqual(8);
  expect(Object.values(casesOf).flat().length).toBeGreaterThanOrEqual(250);
});

describe.each(Object.entries(casesOf))('%s', (preset, cases) => {
  it.each(cases.map((golden) => [golden.name, golden] as const))('%s', async (_name, golden) => {
    const { verdict, answer } = await send(preset, golden);
    const { status, result, reason, conversion = {}, warnings = [], message = [] } = golden.expect;
    expect({
      status: answer.statusCode,
      result: verdict.result,
      reason: verdict.reason,
      because: verdict.message,
    }).toEqual({
      status,
      result,
      reason,
      because: verdict.message,
    });
    expect(verdict.conversion ?? {}).toMatchObject(conversion);
    expect(verdict.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining([...warnings]));
    for (const text of message) expect(verdict.message).toContain(text);
  });
});
