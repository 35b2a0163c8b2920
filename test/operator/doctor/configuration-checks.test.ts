import {
  checkConfiguration,
  type SenderConnection,
  type WholeConfiguration,
} from '../../../operator/doctor/configuration-checks';
import { readDocument } from '../../../lambdas/domain/configuration/document';

function campaign(id: string, fields: object = {}) {
  const offers = [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }];
  const reading = readDocument('campaign', { name: id, integration: 'acme', status: 'active', offers, ...fields });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { ...reading.document, id };
}

function integration(id: string, fields: object = {}) {
  const reading = readDocument('integration', { name: id, preset: 'generic', ...fields });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { ...reading.document, id };
}

const connection = (fields: Partial<SenderConnection> = {}): SenderConnection => ({
  url: 'https://go.example.com/postback/acme?clickid={clickid}',
  keys: [{ kid: 'k1', current: true, lastUsedAt: '2026-11-23T10:00:00.000Z' }],
  ...fields,
});

const sound: WholeConfiguration = {
  campaigns: [campaign('spring')],
  integrations: [integration('acme')],
  connections: new Map([['acme', connection()]]),
};

const found = (changes: Partial<WholeConfiguration>, isProduction = true) =>
  checkConfiguration({ ...sound, ...changes }, isProduction)
    .filter(({ outcome }) => outcome !== 'fine')
    .map(({ outcome, detail, fix }) => [outcome, detail, fix !== undefined]);

test('a sound configuration has nothing wrong', () => {
  expect(found({})).toEqual([]);
});

test('a campaign without its integration is a finding, with the command to create it', () => {
  expect(found({ campaigns: [campaign('spring', { integration: 'gone' })] })).toEqual([
    ['wrong', 'spring names gone: their postbacks are rejected.', true],
  ]);
});

test('a campaign without an offer that gets visitors is wrong', () => {
  const paused = {
    ...campaign('spring'),
    offers: [{ id: 'main', url: 'https://shop.example/?s={clickid}', weight: 1, status: 'paused' as const }],
  };

  expect(found({ campaigns: [paused] })).toEqual([
    ['wrong', 'All offers of spring are paused or weigh nothing.', true],
  ]);
});

test('an offer that does not get the click ID is worth a warning', () => {
  const offers = [{ id: 'main', url: 'https://shop.example/', weight: 1 }];

  expect(found({ campaigns: [campaign('spring', { offers })] })).toEqual([
    ['warning', expect.stringContaining('An offer of spring does not get the click ID'), true],
  ]);
});

test.each([
  [true, 'wrong'],
  [false, 'warning'],
])('an integration that asks for nothing (in production: %s) is %s', (isProduction, outcome) => {
  const open = integration('acme', { auth: { token: 'report', hmac: 'off', ip: 'off' } });

  expect(found({ integrations: [open] }, isProduction)).toEqual([
    [outcome, 'acme would accept a postback from anyone who knows a click ID.', true],
  ]);
});

test('a URL that still says REPLACE is worth a warning', () => {
  const url = 'https://go.example.com/postback/acme?cid=REPLACE&amount={amount}';

  expect(found({ connections: new Map([['acme', connection({ url })]]) })).toEqual([
    ['warning', expect.stringContaining('says REPLACE'), true],
  ]);
});

test.each<[string, SenderConnection['keys']]>([
  ['No sender of acme has shown its token yet.', [{ kid: 'k1', current: true }]],
  [
    'Senders of acme still use the key before the last rotation.',
    [
      { kid: 'k2', current: true },
      { kid: 'k1', current: false, lastUsedAt: '2026-11-23T10:00:00.000Z' },
    ],
  ],
])('of keys it says: %s', (sentence, keys) => {
  expect(found({ connections: new Map([['acme', connection({ keys })]]) })).toEqual([['warning', sentence, true]]);
});
