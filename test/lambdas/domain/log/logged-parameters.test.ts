import * as fc from 'fast-check';
import { loggedParameters } from '../../../../lambdas/domain/log/logged-parameters';
import { maskedRaw } from '../../../../lambdas/domain/log/masking';
import { presets } from '../../../../lambdas/domain/presets';
import { request } from '../support/factories';

const raw = (rawQuery: string, integration?: Parameters<typeof loggedParameters>[0]): string =>
  maskedRaw(request(rawQuery), loggedParameters(integration));
const rawBody = (body: string): string => maskedRaw(request('', { body }), loggedParameters()).trim();

describe('of the parameters of a request the log keeps', () => {
  test.each(presets.map((preset) => [preset.id, preset] as const))('every value that %s reads', (id, preset) => {
    const names = Object.values(preset.parameters).flat();
    for (const name of names) expect(raw(`${name}=V-1`, { preset: id })).toBe(`${name}=V-1`);
  });

  test('no value that only the preset of another sender reads: a name for a field there may be a person here', () => {
    const sent = 'clickid=a&custom=Ada&invoice=7&amount=5';
    expect(raw(sent, { preset: 'paypal' })).toBe(sent);
    expect(raw(sent, { preset: 'generic' })).toBe('clickid=a&custom=***&invoice=***&amount=5');
    expect(raw(sent, { preset: 'everflow' })).toBe('clickid=a&custom=***&invoice=***&amount=5');
    expect(raw(sent)).toBe('clickid=a&custom=***&invoice=***&amount=5');
    expect(raw(sent, { preset: 'generic', logParameters: ['custom'] })).toBe(
      'clickid=a&custom=Ada&invoice=***&amount=5',
    );
  });

  test.each([
    ['clickid=a&nickname=Ada&amount=5', 'clickid=a&nickname=***&amount=5'],
    ['clickid=a&buyer=Ada+Lovelace', 'clickid=a&buyer=***'],
    ['clickid=a&buyer=Ada Lovelace', 'clickid=a&buyer=***'],
    ['clickid=a&return=https://shop.example/thanks?buyer=Ada', 'clickid=a&return=***'],
    ['clickid%3Da%26buyer%3DAda', 'clickid%3Da%26buyer%3D***'],
    [
      'event_name=Renewal&alert_name=refund&order_status=paid',
      'event_name=Renewal&alert_name=refund&order_status=paid',
    ],
    ['sub3=x&aff_sub2=y&sub_id_15=z&offer_id=9&country=DE', 'sub3=x&aff_sub2=y&sub_id_15=z&offer_id=9&country=DE'],
  ])('of %s: %s', (query, kept) => {
    expect(raw(query)).toBe(kept);
  });

  test.each([
    ['{"clickid":"a","buyer":"Ada","amount":12.50}', '{"clickid":"a","buyer":"***","amount":12.50}'],
    [
      '{"data":{"clickid":"a","buyer":{"given":"Ada","age":36}}}',
      '{"data":{"clickid":"a","buyer":{"given":"***","age":"***"}}}',
    ],
    ['{"clickid":"a","tags":["Ada","Grace"]}', '{"clickid":"a","tags":"***"}'],
    ['{"items":[{"sku":"A","engraving":"For Ada"}]}', '{"items":[{"sku":"A","engraving":"***"}]}'],
    ['{"clickid":"a","note":"at 12:00 = noon"}', '{"clickid":"a","note":"***"}'],
    ['{"txid":"A=B","clickid":"a"}', '{"txid":"A=B","clickid":"a"}'],
  ])('of the body %s: %s', (body, kept) => {
    expect(rawBody(body)).toBe(kept);
  });

  test('what nobody can be known by: an empty value, and a macro that was not replaced', () => {
    const query = 'clickid=a&empty=&buyer={buyer_name}&other=%7Bother%7D&third=[third]';
    expect(raw(query)).toBe(query);
    expect(raw('buyer=Ada {buyer_name}')).toBe('buyer=***');
    expect(raw('buyer=Ada{buyer_name}')).toBe('buyer=***');
    expect(rawBody('{"buyer":"{buyer_name}"}')).toBe('{"buyer":"{buyer_name}"}');
  });

  test('what the integration names, as a field or for the log, but never a secret', () => {
    const integration = {
      preset: 'generic',
      parameters: { amount: ['Wert'] },
      logParameters: ['Filiale', 'api_token'],
    };
    expect(raw('wert=5&filiale=Bonn&kunde=Ada&api_token=x', integration)).toBe(
      'wert=5&filiale=Bonn&kunde=***&api_token=***',
    );
  });

  test('no value of any other name', () => {
    const unknown = fc.stringMatching(/^[a-z]{3,12}$/).filter((name) => !loggedParameters()(name));
    const person = fc.stringMatching(/^[A-Za-z0-9 .,:;'-]{1,20}$/).map((text) => `PERSON${text}`);
    fc.assert(
      fc.property(unknown, person, fc.boolean(), (name, value, inJson) => {
        const kept = inJson
          ? rawBody(JSON.stringify({ clickid: 'a', [name]: value }))
          : raw(`clickid=a&${name}=${encodeURIComponent(value)}`);
        expect(kept).not.toContain('PERSON');
        expect(kept).toContain(name);
      }),
    );
  });
});

test('of JSON in base64 the log keeps nothing, wherever it stands and wherever it was cut', () => {
  const text = Buffer.from(JSON.stringify({ clickid: 'a', buyer: 'Ada Lovelace', note: 'x?>~'.repeat(20) })).toString(
    'base64',
  );
  expect(rawBody(text)).toBe(`[text, ${text.length} bytes]`);
  expect(rawBody(text.slice(0, 60))).toBe('[text, 60 bytes]');
  expect(raw(`data1=${encodeURIComponent(text)}&clickid=a`)).toMatch(/^data1=\*+&clickid=a$/);
  expect(rawBody(JSON.stringify({ sub1: text }))).toBe('{"sub1":"***"}');
  expect(raw('clickid=eyesontheprizeeyesonthe&sub1=keyboardkeyboardkeyboard')).toContain('eyesontheprize');
});
