import { sampleConversion, sampleDelivery, sampleParameters } from '../../../../lambdas/domain/outbound/sample';
import { renderRequest } from '../../../../lambdas/domain/outbound/render';
import type { Rendering } from '../../../../lambdas/domain/outbound/request';
import { sourceTemplates, templateOf } from '../../../../lambdas/domain/outbound/sources';
import { amount, currency, now } from '../support/factories';
import { postback } from './support';

function triedWith(fields: Readonly<Record<string, unknown>>, given: Readonly<Record<string, string>> = {}): Rendering {
  const read = postback(fields);
  const template = templateOf(read.template);
  const sample = { source: 'news', externalId: 'test-click', event: 'sale', status: 'approved' } as const;
  const conversion = sampleConversion({ ...sample, amount: amount('1.23'), currency: currency('USD') }, now);
  const delivery = sampleDelivery(conversion, 'news', 'main', now);
  const names = [...Object.keys(template?.secrets ?? {}), template?.exchange?.as ?? ''];
  const secrets = Object.fromEntries(names.map((name) => [name, 'SECRET']));
  const parameters = sampleParameters(read, template, given);
  return renderRequest(read, template, { delivery, conversion, parameters }, secrets, now);
}

test.each(sourceTemplates.map((template) => [template.id, template] as const))(
  '%s can be tried with a made-up conversion: no macro of it is empty',
  (id, { account = {} }) => {
    const names = Object.fromEntries(Object.keys(account).map((name) => [name, name.toUpperCase()]));
    const tried = triedWith({ template: id, ...(Object.keys(names).length > 0 && { account: names }) });
    expect(tried).toMatchObject({ ok: true });
  },
);

test('a parameter of the click has a made-up value, unless a person gives a real one', () => {
  const url = 'https://news.example/pb?campaign={param:Campaign_ID!}';
  expect(triedWith({ url })).toMatchObject({ request: { url: 'https://news.example/pb?campaign=test-Campaign_ID' } });
  expect(triedWith({ url }, { Campaign_ID: '77' })).toMatchObject({
    request: { url: 'https://news.example/pb?campaign=77' },
  });
});
