import { readDocument, type DocumentKind } from '../../../../lambdas/domain/configuration/document';
import { campaign, integration } from '../support/factories';

const documents: Readonly<Record<DocumentKind, object>> = {
  campaign: campaign(),
  integration: { name: 'Acme', preset: 'generic' },
  source: { name: 'News' },
  cost: { campaign: 'spring', from: '2026-11-01', to: '2026-11-30', amount: '257', currency: 'USD' },
  rate: { base: 'EUR', days: { '2026-11-02': { USD: '1.0871' } } },
  report: { days: '7', group: 'campaign' },
  search: { since: '24h', result: 'rejected' },
};
const offer = { id: 'main', url: 'https://shop.example/', weight: 1 };

function pathsOf(kind: DocumentKind, fields: unknown): readonly string[] {
  const reading = readDocument(kind, fields);
  return reading.ok ? [] : reading.problems.map(({ path }) => path);
}

describe('a document that is right', () => {
  test('is read, its amounts exact and its words in one form', () => {
    const reading = readDocument('campaign', {
      ...documents.campaign,
      name: ' Spring ',
      events: { ' SALE ': { amount: 12.5, currency: 'usd' }, lead: { amount: '0.10', currency: 'EUR' } },
    });
    expect(reading).toMatchObject({
      ok: true,
      document: {
        name: 'Spring',
        events: { sale: { amount: '12.5', currency: 'USD' }, lead: { amount: '0.1', currency: 'EUR' } },
      },
    });
  });

  test('of each kind may hold every field', () => {
    expect(
      pathsOf('integration', {
        name: 'Acme',
        preset: 'generic',
        currency: 'EUR',
        parameters: {
          clickId: ['a'],
          amount: ['b'],
          transactionId: ['c'],
          event: ['d'],
          status: ['e'],
          currency: ['f'],
          timestamp: ['g', 'notificationItems.0.NotificationRequestItem.additionalData.metadata.conversion_time'],
          reversedInAll: ['data.attributes.refunded_amount'],
          refundedSoFar: ['refunds.*.total'],
        },
        statuses: { Paid: 'approved', ping: 'ignore' },
        events: { '1': 'Lead', connection_test: 'ignore' },
        strictEvents: true,
        duplicates: { default: 'ignore', events: { sale: 'update' } },
        auth: { token: 'off', hmac: 'report', ip: 'required' },
        ipAllowlist: ['203.0.113.7', '2001:db8::/32', '::ffff:10.0.0.0/104'],
        signatureToleranceSeconds: 600,
        reply: { literal: 'OK', recorded: '1', duplicate: 'DUP', rejected: '0' },
        respond: 'always-200',
        adjustments: true,
        decimalComma: true,
        amountFormat: '1,234.56',
        currencies: { PES: 'ARS' },
        timeZone: 'Europe/Berlin',
        retryWindow: 336,
        reversals: 'whole',
      }),
    ).toEqual([]);
    expect(
      pathsOf('source', {
        name: 'x',
        parameters: { a: 'b' },
        postback: { url: 'https://a.example/?c={external_id}', statuses: ['approved'], events: ['sale'] },
        postbacks: [
          {
            id: 'main',
            template: 'popads',
            url: 'https://a.example/?c={external_id}',
            method: 'POST',
            headers: { Authorization: 'Bearer {secret:token}' },
            body: { value: ['{payout|number}', null, 1, true] },
            when: 'each-status',
            statuses: ['approved'],
            events: ['sale'],
            payout: { percent: '70.5' },
            currency: 'USD',
            sendTests: true,
            account: { aid: '1' },
          },
          { id: 'text', when: 'first', url: 'https://a.example/', body: '{"a":{payout}}', payout: 'none' },
        ],
      }),
    ).toEqual([]);
    expect(integration().auth.token).toBe('required');
  });
});

describe('a wrong field is named by its path', () => {
  test.each<[DocumentKind, string, unknown]>([
    ['campaign', 'name', { name: ' ' }],
    ['campaign', 'integration', { integration: 'a/b' }],
    ['campaign', 'status', { status: 'on' }],
    ['campaign', 'offers', { offers: [] }],
    ['campaign', 'offers', { offers: [offer, offer] }],
    ['campaign', 'offers', { offers: [{ ...offer, weight: 0 }] }],
    ['campaign', 'offers', { offers: [{ ...offer, status: 'paused' }] }],
    ['campaign', 'offers.0.id', { offers: [{ ...offer, id: '' }] }],
    ['campaign', 'offers.0.url', { offers: [{ ...offer, url: 'shop.example' }] }],
    ['campaign', 'offers.0.weight', { offers: [{ ...offer, weight: -1 }] }],
    ['campaign', 'offers.0.weight', { offers: [{ ...offer, weight: '1' }] }],
    ['campaign', 'offers.0.weight', { offers: [{ ...offer, weight: Number.NaN }] }],
    ['campaign', 'offers.1.status', { offers: [offer, { ...offer, id: 'b', status: 'off' }] }],
    ['campaign', 'offers.0.colour', { offers: [{ ...offer, colour: 'red' }] }],
    ['campaign', 'events.sale.amount', { events: { sale: { amount: '1,50', currency: 'USD' } } }],
    ['campaign', 'events.sale.currency', { events: { sale: { amount: '1', currency: 'BTC' } } }],
    ['campaign', 'payout.amount', { payout: { amount: -1, currency: 'USD' } }],
    ['campaign', 'payout.amount', { payout: { amount: 1e21, currency: 'USD' } }],
    ['campaign', 'payout.amount', { payout: { amount: 1e-7, currency: 'USD' } }],
    ['campaign', 'payout.currency', { payout: { amount: 1 } }],
    ['campaign', 'attribution.maxAgeDays', { attribution: { maxAgeDays: -1 } }],
    ['campaign', 'attribution.maxAgeDays', { attribution: { maxAgeDays: 0 } }],
    ['campaign', 'attribution.maxAgeDays', { attribution: { maxAgeDays: 3651 } }],
    ['campaign', 'attribution.minAgeSeconds', { attribution: { minAgeSeconds: -1 } }],
    ['campaign', 'colour', { colour: 'red' }],
    ['integration', 'preset', { preset: 'nobody' }],
    ['integration', 'currency', { currency: '$' }],
    ['integration', 'parameters.clickId', { parameters: { clickId: [] } }],
    ['integration', 'parameters.amount.0', { parameters: { amount: [''] } }],
    ['integration', 'parameters.colour', { parameters: { colour: ['x'] } }],
    ['integration', 'statuses.paid', { statuses: { paid: 'done' } }],
    ['integration', 'events.1', { events: { '1': '' } }],
    ['integration', 'amountFormat', { amountFormat: '1.234' }],
    ['integration', 'currencies.PES', { currencies: { PES: 'PESO' } }],
    ['integration', 'timeZone', { timeZone: 'Mars/Olympus' }],
    ['integration', 'timeZone', { timeZone: '+02:00' }],
    ['integration', 'retryWindow', { retryWindow: 0 }],
    ['integration', 'retryWindow', { retryWindow: 337 }],
    ['integration', 'reversals', { reversals: 'half' }],
    ['integration', 'reply.error', { reply: { error: 'x' } }],
    ['integration', 'duplicates.default', { duplicates: { default: 'drop' } }],
    ['integration', 'duplicates.events.sale', { duplicates: { events: { sale: 'drop' } } }],
    ['integration', 'auth.token', { auth: { token: 'yes' } }],
    ['integration', 'ipAllowlist', { auth: { ip: 'required' } }],
    ['integration', 'ipAllowlist', { auth: { ip: 'report' }, ipAllowlist: [] }],
    ['integration', 'ipAllowlist.1', { ipAllowlist: ['203.0.113.7', '203.0.113'] }],
    ['integration', 'ipAllowlist.0', { ipAllowlist: ['10'] }],
    ['integration', 'ipAllowlist.0', { ipAllowlist: ['10/8'] }],
    ['integration', 'ipAllowlist.0', { ipAllowlist: ['203.0.113.0/33'] }],
    ['integration', 'ipAllowlist.0', { ipAllowlist: ['shop.example'] }],
    ['integration', 'signatureToleranceSeconds', { signatureToleranceSeconds: 1 }],
    ['integration', 'reply.literal', { reply: { literal: 5 } }],
    ['integration', 'respond', { respond: 200 }],
    ['integration', 'adjustments', { adjustments: 'yes' }],
    ['campaign', 'attribution', { attribution: [] }],
    ['integration', 'auth', { auth: [] }],
    ['integration', 'parameters', { parameters: [] }],
    ['integration', 'duplicates.events', { duplicates: { events: [] } }],
    [
      'source',
      'postbacks.0.headers',
      { postbacks: [{ id: 'a', when: 'first', url: 'https://a.example/', headers: [] }] },
    ],
    ['rate', 'days.2026-02-30', { days: { '2026-02-30': { USD: '1' } } }],
    ['rate', 'days.2026-11-02', { days: { '2026-11-02': [] } }],
    ['cost', 'from', { from: '2026-02-30' }],
    ['source', 'name', { name: 5 }],
    ['source', 'parameters.a', { parameters: { a: 5 } }],
    ['source', 'postback.url', { postback: { url: 'javascript:alert(1)' } }],
    ['source', 'postback.statuses.0', { postback: { url: 'https://a.example/', statuses: ['paid'] } }],
  ])('in a %s: %s', (kind, path, fields) => {
    const paths = pathsOf(kind, { ...documents[kind], ...(fields as object) });
    // A list of offers that are wrong has no active one either.
    expect(paths).toContain(path);
    expect(paths.every((found) => path.startsWith(found))).toBe(true);
  });

  test('all of them at once', () => {
    expect(pathsOf('campaign', { name: '', offers: [{}], extra: 1 })).toEqual(
      expect.arrayContaining([
        'name',
        'integration',
        'status',
        'offers.0.id',
        'offers.0.url',
        'offers.0.weight',
        'extra',
      ]),
    );
  });

  test.each([null, 'text', 5, [], undefined])('%j is no document', (input) => {
    for (const kind of ['campaign', 'integration', 'source'] as const) {
      expect(readDocument(kind, input).ok).toBe(false);
    }
  });
});
