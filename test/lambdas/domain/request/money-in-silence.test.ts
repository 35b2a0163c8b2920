import * as fc from 'fast-check';
import { postbackFields } from '../../../../lambdas/domain/presets';
import { generic } from '../../../../lambdas/domain/presets/generic';
import { orderNames } from '../../../../lambdas/domain/request/guesses';
import { isOfThings } from '../../../../lambdas/domain/request/unread-money';
import { clickId, request } from '../support/factories';
import { readPostback } from '../support/read-postback';
import { atLength } from '../../../support/at-length';

const id = clickId();

type Fields = Readonly<Record<string, string>>;
type Sent = ReturnType<typeof request>;

/** The ways in which a sender puts its parameters into a request. */
const ways: Readonly<Record<string, (fields: Fields, within: readonly string[]) => Sent>> = {
  query: (fields) => request(new URLSearchParams(fields).toString()),
  form: (fields) => request('', { body: new URLSearchParams(fields).toString() }),
  JSON: (fields) => request('', { body: JSON.stringify(fields) }),
  'JSON with numbers': (fields) =>
    request('', { body: JSON.stringify(fields).replace(/"(-?\d+(?:\.\d+)?)"(?=[,}])/g, '$1') }),
  'JSON within objects': (fields, within) => {
    const { clickid, ...others } = fields;
    const inner = within.reduceRight<object>((body, name) => ({ [name]: body }), others);
    return request('', { body: JSON.stringify({ clickid, ...inner }) });
  },
  'objects of PHP': (fields, within) => {
    const nested = (name: string): string => (within[0] === undefined ? name : `${within[0]}[${name}]`);
    const { clickid = '', ...others } = fields;
    const renamed = Object.fromEntries(Object.entries(others).map(([key, value]) => [nested(key), value]));
    return request(new URLSearchParams({ clickid, ...renamed }).toString());
  },
  multipart: (fields) =>
    request('', {
      headers: { 'user-agent': 'x', 'content-type': 'multipart/form-data; boundary=b' },
      body: `${Object.entries(fields)
        .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join('')}--b--\r\n`,
    }),
};

const read = new Set([
  ...postbackFields.flatMap((field) => generic.parameters[field] ?? []),
  ...orderNames,
  'transaction_id',
]);
const reserved = new Set([...read, 'token', 'sig', 'ts', 'kid', 'test', 'dry_run'].map((name) => name.toLowerCase()));
const word = fc.stringMatching(/^[a-z]{2,10}$/);
const name = fc
  .tuple(word, fc.option(word), fc.constantFrom('_', '', '-'))
  .map(([first, second, mark]) => (second === null ? first : `${first}${mark}${second}`))
  .filter((one) => !reserved.has(one.replaceAll('-', '_')) && !isOfThings(one));

const cents = fc.integer({ min: 1, max: 99_999_999 });
/** An amount as people and programs write it; a whole one is no flag, and no number of a thing. */
const number = fc.oneof(
  cents.map((one) => (one / 100).toFixed(2)),
  cents.map((one) => (one / 100).toFixed(2).replace('.', ',')),
  cents.map((one) => `$${(one / 100).toFixed(2)}`),
  cents.map((one) => `${(one / 100).toFixed(2)} EUR`),
  fc.integer({ min: 2, max: 999_999 }).map(String),
);
const noise = fc.dictionary(
  fc.constantFrom('offer_id', 'affiliate_id', 'country', 'sub3', 'user_agent', 'campaign_id'),
  word,
);
const within = fc.array(word, { minLength: 1, maxLength: 3 });

test.each(Object.keys(ways))('no %s that holds a number is recorded without money and without saying so', (way) => {
  let recorded = 0;
  fc.assert(
    fc.property(name, number, noise, within, (key, value, others, objects) => {
      const sent = ways[way]?.({ ...others, clickid: id, [key]: value }, objects) ?? request('');
      const claims = readPostback(sent);
      const all = typeof claims === 'string' ? [] : claims;
      recorded += all.length;
      const silent = all.filter(
        ({ reading, warnings }) => reading.claim.amount === undefined && !warnings.includes('AMOUNT_UNREAD'),
      );
      expect(silent).toEqual([]);
    }),
    { seed: 13, numRuns: atLength(500, 100) },
  );
  expect(recorded).toBeGreaterThan(atLength(400, 80));
});
