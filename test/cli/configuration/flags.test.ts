import { withCampaignFlags } from '../../../cli/configuration/flags/campaign-flags';
import { withIntegrationFlags } from '../../../cli/configuration/flags/integration-flags';
import { withSourceFlags } from '../../../cli/configuration/flags/source-flags';

const spring = {
  name: 'Spring',
  offers: [
    { id: 'main', url: 'https://a.example/', weight: 1 },
    { id: 'other', url: 'https://b.example/', weight: 2 },
  ],
  events: { lead: { amount: '1', currency: 'USD' } },
};

describe('options of a campaign', () => {
  test('change what they name, and leave the rest', () => {
    expect(withCampaignFlags(spring, { status: 'paused', payout: '12.50 usd', maxAgeDays: '0.5' })).toEqual({
      ...spring,
      status: 'paused',
      payout: { amount: '12.50', currency: 'usd' },
      attribution: { maxAgeDays: 0.5 },
    });
    expect(withCampaignFlags(spring, {})).toEqual(spring);
  });

  test('change an offer by its ID, add others behind it, and take one away', () => {
    const offer = ['id=main,weight=3', 'id=new,url=https://c.example/?a=1,2&id=7,status=paused'];

    expect(withCampaignFlags(spring, { offer, removeOffer: ['other'] })['offers']).toEqual([
      { id: 'main', url: 'https://a.example/', weight: 3 },
      { id: 'new', url: 'https://c.example/?a=1,2&id=7', weight: 1, status: 'paused' },
    ]);
  });

  test('set a fallback URL, change it, and remove it', () => {
    const fallback = 'https://b.example/?s={source}';
    const set = withCampaignFlags(spring, { fallback });
    expect(set).toEqual({ ...spring, fallback });
    expect(withCampaignFlags(set, { fallback: 'https://c.example/' })).toEqual({
      ...spring,
      fallback: 'https://c.example/',
    });
    expect(withCampaignFlags(set, { fallback: 'none' })).toEqual(spring);
    expect(withCampaignFlags(set, { status: 'paused' })).toEqual({ ...spring, status: 'paused', fallback });
  });

  test('add an event to those that are there', () => {
    expect(withCampaignFlags(spring, { event: ['sale=40EUR'] })['events']).toEqual({
      lead: { amount: '1', currency: 'USD' },
      sale: { amount: '40', currency: 'EUR' },
    });
  });

  test.each([
    [{ payout: '12,50 USD' }, '--payout takes an amount and a currency such as "12.50 USD", not "12,50 USD".'],
    [{ event: ['sale'] }, '--event takes a name, "=" and a value, not "sale".'],
    [{ maxAgeDays: 'ten' }, '--max-age-days takes a number, not "ten".'],
    [{ offer: ['https://a.example/'] }, '--offer takes id=main,url=https://…,weight=3, not "https://a.example/".'],
    [{ offer: ['weight=3'] }, '--offer must name the offer: id=main,url=https://…,weight=3.'],
    [{ offer: ['id=a,weight=x'] }, 'the weight of --offer takes a number, not "x".'],
    [{ removeOffer: ['gone'] }, 'There is no offer gone to remove.'],
  ])('%j is rejected by name', (flags, message) => {
    expect(() => withCampaignFlags(spring, flags)).toThrow(message);
  });
});

test('options of an integration go into the fields that hold them', () => {
  const base = { name: 'Acme', auth: { token: 'required', hmac: 'off', ip: 'off' }, statuses: { paid: 'approved' } };

  expect(
    withIntegrationFlags(base, {
      hmac: 'report',
      ip: 'required',
      allow: ['203.0.113.0/24'],
      status: ['void=rejected'],
      reply: '',
    }),
  ).toEqual({
    name: 'Acme',
    auth: { token: 'required', hmac: 'report', ip: 'required' },
    ipAllowlist: ['203.0.113.0/24'],
    statuses: { paid: 'approved', void: 'rejected' },
    reply: { literal: '' },
  });
});

test('options of an integration say how its sender writes money, currencies and times, and what it is answered', () => {
  const base = {
    name: 'Acme',
    decimalComma: true,
    currencies: { RUR: 'RUB' },
    parameters: { clickId: ['ref'] },
    reply: { duplicate: 'DUP' },
  };

  expect(
    withIntegrationFlags(base, {
      parameter: ['amount=order_total, total'],
      amountFormat: 'minor',
      currencyCode: ['PES=ARS'],
      timeZone: 'Europe/Berlin',
      retryWindow: '72',
      reversals: 'whole',
      replyFor: ['recorded=1', 'rejected=0'],
    }),
  ).toEqual({
    name: 'Acme',
    amountFormat: 'minor',
    currencies: { RUR: 'RUB', PES: 'ARS' },
    parameters: { clickId: ['ref'], amount: ['order_total', 'total'] },
    timeZone: 'Europe/Berlin',
    retryWindow: 72,
    reversals: 'whole',
    reply: { duplicate: 'DUP', recorded: '1', rejected: '0' },
  });
  expect(withIntegrationFlags(base, { reply: 'OK' })).toMatchObject({ decimalComma: true, reply: { literal: 'OK' } });
});

test.each([
  [{ parameter: ['amount'] }, '--parameter takes a name, "=" and a value, not "amount".'],
  [{ parameter: ['amount=a,,b'] }, '--parameter takes a field and its names such as "amount=order_total,total"'],
  [{ retryWindow: 'two days' }, '--retry-window takes a number, not "two days".'],
  [{ replyFor: ['OK'] }, '--reply-for takes a name, "=" and a value, not "OK".'],
])('an option of an integration such as %j is rejected by name', (flags, message) => {
  expect(() => withIntegrationFlags({ name: 'Acme' }, flags)).toThrow(message);
});

test('options of a source go into the fields that hold them', () => {
  expect(
    withSourceFlags(
      { name: 'News' },
      { parameter: ['sub1=zone=a'], postbackUrl: 'https://s.example/', postbackEvent: ['sale'] },
    ),
  ).toEqual({
    name: 'News',
    parameters: { sub1: 'zone=a' },
    postbacks: [{ id: 'main', when: 'first', url: 'https://s.example/', events: ['sale'] }],
  });
});

test('options of a postback change the first one that a source has, and leave the others alone', () => {
  const base = {
    name: 'News',
    postbacks: [
      { id: 'a', template: 'popads', when: 'first', account: { aid: '1' } },
      { id: 'b', url: 'https://b.example/', when: 'first' },
    ],
  };

  expect(withSourceFlags(base, { account: ['aid=2'], postbackWhen: 'each-status' })).toEqual({
    name: 'News',
    postbacks: [
      { id: 'a', template: 'popads', when: 'each-status', account: { aid: '2' } },
      { id: 'b', url: 'https://b.example/', when: 'first' },
    ],
  });
  expect(withSourceFlags(base, { name: 'Other' })).toEqual({ ...base, name: 'Other' });
});
