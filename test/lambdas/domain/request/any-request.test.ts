import * as fc from 'fast-check';
import { conversionKeyOf } from '../../../../lambdas/domain/conversion/conversion';
import { findClickId } from '../../../../lambdas/domain/request/click-id-reading';
import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { selectValues } from '../../../../lambdas/domain/request/field-values';
import { loggedParameters } from '../../../../lambdas/domain/log/logged-parameters';
import { maskedRaw } from '../../../../lambdas/domain/log/masking';
import { readParameters } from '../../../../lambdas/domain/request/parameters';
import { readFields } from '../../../../lambdas/domain/request/reading';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { presetOf } from '../../../../lambdas/domain/presets';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { readPostback } from '../support/read-postback';
import { campaign, clickId, integration, master, now, request } from '../support/factories';
import { atLength } from '../../../support/at-length';

const id = clickId();
const document = integration({ currency: 'USD', adjustments: true, respond: 'always-200' });
const names = fieldNamesOf(document);
const keys = clickIdKeys(master);

/** Reads a request as far as a claim, as judgement does. */
function read(sent: PostbackRequest) {
  maskedRaw(sent, loggedParameters(document));
  const parsed = readParameters(sent);
  if (!parsed.ok) return parsed.reason;
  const found = findClickId(parsed.parameters, names, keys);
  const parameter = found.ok ? found.value.parameter : undefined;
  const selected = selectValues(parsed.parameters, names, parameter);
  if (!selected.ok) return selected.rejection.reason;
  const fields = readFields(selected.value.values, {
    integration: document,
    preset: presetOf(document.preset),
    campaign: campaign({
      payout: { amount: '7', currency: 'EUR' },
      events: { sale: { amount: '8', currency: 'EUR' } },
    }),
    receivedAt: now,
  });
  if (!fields.ok) return fields.rejection.reason;
  conversionKeyOf({ ...fields.value, test: false });
  return found.ok ? fields.value : found.rejection.reason;
}

const piece = fc.constantFrom(
  ...'clickid amount event status txid currency timestamp token constructor __proto__ {macro} 12.50'.split(' '),
  ...'& = ? + % %20 %00 %C3 %3D %26 {" ": "} [ , \\ud800 ¤ &amp; 💶'.split(' '),
  id,
  ' ',
  '\n',
);
const soup = fc
  .array(fc.oneof(piece, piece, fc.string({ maxLength: 3, unit: 'binary' })), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('whatever is sent', () => {
  test('is read or rejected by a reason, and never throws', () => {
    const body = fc.oneof(
      soup.map((text) => Buffer.from(text)),
      soup.map((text) => Buffer.from(`{"clickid":"${id}","event":"${text.replaceAll('"', '')}"}`)),
      fc.uint8Array({ maxLength: 64 }),
      fc.dictionary(piece, fc.jsonValue({ maxDepth: 2 })).map((value) => Buffer.from(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(soup, body, (rawQuery, bytes) => {
        expect(read(request(rawQuery, { body: bytes }))).toBeDefined();
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(2000, 500)) },
    );
  });

  test.each(['\\ud800', '\\udc00x', 'constructor', '__proto__', 'toString', ''])(
    'the event "%s" in JSON is read',
    (event) => {
      const reading = read(request('', { body: `{"clickid":"${id}","event":"${event}","txid":"${event}"}` }));
      expect(reading).toMatchObject({ claim: { fallback: { amount: '7' }, mode: 'ignore' } });
    },
  );
});

describe('money that was sent in whatever way', () => {
  const parameterNames = fc.constantFrom(
    ...'amount payout p commission price total value ap x1 order[amount] data.amount items[0][price] amount[] status event txid'.split(
      ' ',
    ),
  );
  const values = fc.oneof(
    fc.constantFrom(
      '12.50',
      '1,234.56',
      '$5',
      '-3',
      'null',
      '',
      '{payout}',
      '__AMOUNT__',
      '1e3',
      'NaN',
      '[1]',
      '7',
      'refund',
      'sale',
      'A1',
    ),
    fc.integer({ min: 0, max: 99_999 }).map(String),
  );
  const shapes = fc.constantFrom(
    (pairs: readonly (readonly [string, string])[]) =>
      request(pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')),
    (pairs: readonly (readonly [string, string])[]) => request('', { body: JSON.stringify(Object.fromEntries(pairs)) }),
    (pairs: readonly (readonly [string, string])[]) =>
      request('', { body: JSON.stringify({ event: 'sale', data: { object: Object.fromEntries(pairs) } }) }),
  );

  test('is read, rejected or told, and never recorded as nothing without a word', () => {
    const counts = { read: 0, told: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(fc.tuple(parameterNames, values), { maxLength: 6 }), shapes, (pairs, make) => {
        const conversions = readPostback(make([['clickid', id], ...pairs]));
        if (typeof conversions === 'string') counts.refused++;
        for (const { reading, warnings } of typeof conversions === 'string' ? [] : conversions) {
          if (reading.claim.reversal !== undefined) continue;
          counts[reading.claim.amount === undefined ? 'told' : 'read']++;
          const isTold = warnings.includes('AMOUNT_UNREAD') || warnings.includes('AMOUNT_MISSING');
          expect([reading.claim.amount !== undefined, isTold]).toContain(true);
        }
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(1500, 400)), seed: 20261129 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50);
  });
});

describe('an amount, however it is sent,', () => {
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: length });
  const decimal = fc
    .tuple(fc.constantFrom('', '-'), digits(12), digits(6))
    .filter(([, whole, fraction]) => whole + fraction !== '')
    .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`);
  const millionths = (text: string): bigint => {
    const [whole = '', fraction = ''] = text.replace('-', '').split('.');
    const size = BigInt(whole + fraction.padEnd(6, '0'));
    return text.startsWith('-') ? -size : size;
  };
  const encode = (text: string): string =>
    Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
  const ways: readonly ((text: string) => PostbackRequest)[] = [
    (text) => request(`clickid=${id}&amount=${text}`),
    (text) => request(`clickid=${id}&amount=${encode(text)}`),
    (text) => request(`clickid=${id}&amount=${encodeURIComponent(encode(text))}`),
    (text) => request(`?amount=+${text}%20&amp;subid=${id}`),
    (text) => request(`payout=${text}?cid=${id}`),
    (text) => request(`clickid=${id}`, { body: `sum=${text}` }),
    (text) => request('', { body: JSON.stringify({ clickid: id, amount: text }) }),
    (text) => request(`clickid=${id}`, { body: JSON.stringify({ amount: [text] }).replace(/[[\]]/g, '') }),
  ];

  test('is recorded as the decimal that was sent, to the last digit', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom(...ways), (text, way) => {
        const reading = read(way(text));
        if (typeof reading === 'string') throw new Error(`${text} was refused: ${reading}`);
        expect(millionths(reading.claim.amount ?? 'none')).toBe(millionths(text));
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? atLength(500, 150)) },
    );
  });

  test('as a number of JSON is the number that was written', () => {
    const numbers = decimal.filter((text) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text));
    fc.assert(
      fc.property(numbers, (text) => {
        const reading = read(request('', { body: `{"clickid":"${id}","amount":${text}}` }));
        expect(typeof reading === 'string' ? reading : millionths(reading.claim.amount ?? 'none')).toBe(
          millionths(text),
        );
      }),
    );
  });
});
