import { judgeAnswer } from '../../../../lambdas/domain/outbound/judge';
import { confidences, type SourceTemplate } from '../../../../lambdas/domain/outbound/sources/template';
import { needsClickParameters, patternOf, renderRequest } from '../../../../lambdas/domain/outbound/render';
import { macrosOf } from '../../../../lambdas/domain/outbound/pattern-texts';
import { postbackProblems } from '../../../../lambdas/domain/outbound/postback-problems';
import { sourceTemplates, templateOf } from '../../../../lambdas/domain/outbound/sources';
import { readCurrency } from '../../../../lambdas/domain/values/currency';
import { deliveryId, factsOf, postback } from './support';
import { golden, goldenBodies } from './golden';
import { now } from '../support/factories';

/** Every account field by its own name, in capitals. */
function accountOf(id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(templateOf(id)?.account ?? {}).map((name) => [name, name.toUpperCase()]));
}

function postbackOf(id: string): ReturnType<typeof postback> {
  const account = accountOf(id);
  return postback({ template: id, ...(Object.keys(account).length > 0 && { account }) });
}

/** What is sent of a sale of 12.35 USD, whose click ID at the source needs encoding. */
function sentOf(id: string, parameters: Readonly<Record<string, string>> = {}): ReturnType<typeof renderRequest> {
  const facts = factsOf({
    conversion: {
      click: {
        clickedAt: now - 60_000,
        offer: 'main',
        subs: {},
        externalId: 'A+b/é=',
        userAgent: 'Browser/1.0',
        bot: false,
      },
    },
    parameters: { campaign_id: '77', ad_user_data: 'granted', em: 'e3b0c442', ...parameters },
  });
  const secrets = { token: 'SECRET', key: 'SECRET', access_token: 'SECRET' };
  return renderRequest(postbackOf(id), templateOf(id), facts, secrets, now);
}

test.each(sourceTemplates.map(({ id }) => [id]))('%s: the exact request of a sale', (id) => {
  const sent = sentOf(id);
  if (!sent.ok) throw new Error(`${sent.reason} ${sent.detail}`);
  const { url, body = 'null' } = sent.request;

  expect(url).toBe(golden[id]);
  expect(JSON.parse(body)).toEqual(goldenBodies[id] ?? null);
});

test.each(sourceTemplates.map((template) => [template.id, template] as const))(
  '%s: every fact has its place',
  (id, template) => {
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(confidences).toContain(template.confidence);
    expect(template.evidence.length).toBeGreaterThan(0);
    for (const { title, url = 'https://x.example', readOn, says } of template.evidence) {
      expect([title, says].every((text) => text.length > 5)).toBe(true);
      expect(URL.canParse(url)).toBe(true);
      expect(readOn).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    }
    const currencies = typeof template.currency === 'string' ? [] : template.currency;
    expect(currencies.map((code) => readCurrency(code))).toEqual(currencies);
  },
);

test.each(sourceTemplates.map((template) => [template.id, template] as const))(
  '%s: names each account field and secret that it asks for',
  (id, template) => {
    expect(postbackProblems([postbackOf(id)])).toEqual([]);
    const macros = macrosOf(template);
    const asked = (name: string): readonly string[] =>
      [...new Set(macros.filter((macro) => macro.name === name).map(({ argument = '' }) => argument))].sort();
    expect(Object.keys(template.account ?? {}).sort()).toEqual(asked('account'));
    const { exchange } = template;
    const set = asked('secret').map((name) => (name === exchange?.as ? exchange.secret : name));
    expect(Object.keys(template.secrets ?? {}).sort()).toEqual(set.sort());
    expect(macros.some(({ name }) => name === 'external_id')).toBe(true);
    // What a source counts in is asked only where there is an amount.
    expect(template.currency === 'any' || !macros.some(({ name }) => name === 'currency')).toBe(true);
  },
);

test('at least 25 sources have a template, each with an ID of its own', () => {
  expect(sourceTemplates.length).toBeGreaterThanOrEqual(25);
  expect(new Set(sourceTemplates.map(({ id }) => id)).size).toBe(sourceTemplates.length);
});

test('a template that counts in US dollars sends no rupees', () => {
  const facts = factsOf({ amount: '499', currency: 'INR' });
  const skipped = { ok: false, reason: 'CURRENCY_UNSUPPORTED', detail: 'INR is not USD' };

  expect(renderRequest(postbackOf('popads'), templateOf('popads'), facts, {}, now)).toMatchObject(skipped);
  // No source says what it counts in: the currency of nearly all of them is assumed.
  expect(renderRequest(postbackOf('popcash'), templateOf('popcash'), facts, {}, now)).toMatchObject(skipped);
  const inRupees = { ...postbackOf('popcash'), currency: 'INR' };
  expect(renderRequest(inRupees, templateOf('popcash'), facts, {}, now)).toMatchObject({ ok: true });
});

test('Meta is told the time in seconds, fbc with the time of the click, and the same event ID on each try', () => {
  const [first, again] = [sentOf('meta'), sentOf('meta')];

  expect(again).toEqual(first);
  expect(first).toMatchObject({ ok: true, masked: { body: expect.stringContaining('"access_token":"***"') } });
  expect(goldenBodies['meta']).toMatchObject({
    data: [
      {
        event_time: now / 1000,
        event_id: deliveryId,
        user_data: { fbc: `fb.1.${now - 60_000}.A+b/é=` },
      },
    ],
  });
});

test('an event that Meta would reject with its whole request is not sent', () => {
  const day = 24 * 60 * 60_000;
  const read = postbackOf('meta');
  const secrets = { token: 'SECRET' };

  expect(renderRequest(read, templateOf('meta'), factsOf(), secrets, now + 8 * day)).toMatchObject({
    ok: false,
    state: 'skipped',
    reason: 'EXPIRED',
  });
  expect(renderRequest(read, templateOf('meta'), factsOf(), secrets, now + 6 * day)).toMatchObject({ ok: true });
});

test.each([
  ['meta', 'a quiz'],
  ['tiktok', 'a quiz'],
])('%s is not told of an event that it has no name for', (id, event) => {
  expect(renderRequest(postbackOf(id), templateOf(id), factsOf({ event }), { token: 'x' }, now)).toMatchObject({
    ok: false,
    reason: 'EVENT_UNMAPPED',
    detail: event,
  });
});

test('without consent nothing is sent where consent is required', () => {
  expect(sentOf('microsoft-capi', { ad_user_data: 'denied' })).toMatchObject({
    ok: false,
    state: 'skipped',
    reason: 'CONSENT_MISSING',
  });
  expect(sentOf('microsoft-capi', { ad_user_data: '' })).toMatchObject({ ok: false, reason: 'CONSENT_MISSING' });
});

test.each([
  ['meta', 'fbclid'],
  ['snapchat', 'sccid'],
  ['reddit', 'RDT_CID'],
])('%s: a click ID that the source tags by itself is found under its own name', (id, name) => {
  const click = { clickedAt: now - 60_000, offer: 'main', subs: {}, userAgent: 'Browser/1.0', bot: false };
  const facts = factsOf({ conversion: { click }, parameters: { [name]: 'tagged-1' } });
  const sent = renderRequest(postbackOf(id), templateOf(id), facts, { token: 'SECRET' }, now);

  expect(needsClickParameters(postbackOf(id), templateOf(id))).toBe(true);
  expect(sent).toMatchObject({ ok: true, request: { body: expect.stringContaining('tagged-1') } });
  expect(
    renderRequest(postbackOf(id), templateOf(id), factsOf({ conversion: { click } }), { token: 'SECRET' }, now),
  ).toMatchObject({
    ok: false,
    reason: 'MACRO_EMPTY',
  });
});

/** What somebody writes for a network that this release does not know: a file of data. */
const newNetwork = `{
  "id": "novel", "name": "Novel Ads", "kind": "conversion-api", "click": { "parameter": "nvclid" }, "method": "POST",
  "url": "https://api.novel.example/v1/{account:pixel}/events",
  "headers": { "Authorization": "Bearer {secret:token}" },
  "body": { "events": [{
    "name": "{event:sale=Purchase,lead=Lead}", "id": "{delivery_id}", "click": "{external_id}", "at": "{conversion_time:s|number}",
    "value": "{payout:2|number}", "currency": "{currency}", "user": { "ua": "{user_agent}", "em": "{param:em}" }
  }] },
  "account": { "pixel": "From the settings." }, "secrets": { "token": "From the settings." },
  "currency": ["EUR", "USD"], "maxAgeDays": 7, "success": { "has": ["\\"accepted\\":1"] }, "confidence": "unconfirmed",
  "evidence": [{ "title": "Its page", "readOn": "2026-11-29", "says": "One event a request." }]
}`;

test('a network whose API takes JSON is added as data alone: its request, its limits and how it rejects', () => {
  const template: SourceTemplate = JSON.parse(newNetwork);
  const read = postback({ template: 'meta', account: { pixel: '42' } });
  const click = { clickedAt: now - 60_000, offer: 'main', subs: {}, userAgent: 'Browser/1.0', bot: false };
  const facts = factsOf({ conversion: { click }, parameters: { nvclid: 'n+1' } });
  const secrets = { token: 'SECRET' };
  const sent = renderRequest(read, template, facts, secrets, now);
  if (!sent.ok) throw new Error(`${sent.reason} ${sent.detail}`);

  expect(sent.request).toMatchObject({
    method: 'POST',
    url: 'https://api.novel.example/v1/42/events',
    headers: { authorization: 'Bearer SECRET', 'content-type': 'application/json' },
  });
  expect(JSON.parse(sent.request.body ?? '')).toEqual({
    events: [
      {
        name: 'Purchase',
        id: deliveryId,
        click: 'n+1',
        at: now / 1000,
        value: 12.35,
        currency: 'USD',
        user: { ua: 'Browser/1.0' },
      },
    ],
  });
  expect(JSON.stringify(sent.masked)).not.toContain('SECRET');
  const [day, yen] = [24 * 60 * 60_000, { currency: 'JPY', amount: '500' }];
  expect(renderRequest(read, template, facts, secrets, now + 8 * day)).toMatchObject({ reason: 'EXPIRED' });
  expect(renderRequest(read, template, factsOf(yen), secrets, now)).toMatchObject({ reason: 'CURRENCY_UNSUPPORTED' });
  expect(renderRequest(read, template, factsOf({ event: 'quiz' }), secrets, now)).toMatchObject({
    reason: 'EVENT_UNMAPPED',
  });
  const answered = (text: string) => judgeAnswer(template.success, { httpStatus: 200, text }, now);
  expect(answered('{ "accepted": 1 }')).toMatchObject({ outcome: 'delivered' });
  expect(answered('{"accepted":0,"error":"bad click"}')).toMatchObject({
    outcome: 'failed',
    reason: 'REFUSED_IN_BODY',
  });
});

test.each(sourceTemplates.map((template) => [template.id, template] as const))(
  '%s is data, and no code',
  (_, template) => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  },
);

test('a template can be called at another host of the network', () => {
  const read = postback({ template: 'richads', url: 'https://us.ahows.co/log?action=conversion&key={external_id}' });
  expect(patternOf(read, templateOf('richads'))).toMatchObject({
    method: 'GET',
    url: expect.stringContaining('us.ahows.co'),
  });
});
