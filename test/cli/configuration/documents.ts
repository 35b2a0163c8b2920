import * as fc from 'fast-check';
import { readContent } from '../../../cli/configuration/check-document';
import type { PresentDocument } from '../../../operator/documents/plan';
import type { Content } from '../../../operator/documents/stored-document';

/** A document and whose it is. */
export type NamedContent = Pick<PresentDocument, 'kind' | 'id' | 'content'>;

/** What YAML, file systems and people stumble over. */
const awkward = [
  'yes',
  'null',
  '~',
  '1e3',
  '0x1F',
  '012',
  '- a: b',
  '#x',
  '%',
  '@',
  '"',
  "it's",
  'a: b',
  'a\nb',
  '{x}',
  'ä 🎯',
  '2026-11-23',
  '<<',
  '---',
];
const name = fc
  .oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', maxLength: 30 }))
  .filter((text) => text.trim() !== '');
const identifier = fc.oneof(
  fc.constantFrom('acme', 'Acme', 'con', 'AUX', 'com1.x', 'a..', '1e3', '0x1', 'null', 'true'),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/),
);
const amount = fc.tuple(fc.nat(999_999_999), fc.nat(999_999)).map(([whole, fraction]) => `${whole}.${fraction}`);
const payout = fc.record({ amount, currency: fc.constantFrom('USD', 'EUR', 'JPY') });
const word = name.map((text) => text.slice(0, 20)).filter((text) => text.trim() !== '');
const url = fc
  .string({ maxLength: 20 })
  .map((text) => `https://shop.example/?q=${encodeURIComponent(text)}&sub={clickid}`);

const contents: Record<'campaign' | 'integration' | 'source', fc.Arbitrary<Content>> = {
  campaign: fc.record(
    {
      name,
      integration: fc.constantFrom('acme', 'beta', 'gamma'),
      status: fc.constantFrom('active', 'paused'),
      offers: fc.uniqueArray(fc.record({ id: identifier, url, weight: fc.integer({ min: 1, max: 9 }) }), {
        minLength: 1,
        maxLength: 3,
        selector: ({ id }) => id,
      }),
      payout,
      events: fc.dictionary(word, payout, { maxKeys: 3, noNullPrototype: true }),
      attribution: fc.record({ maxAgeDays: fc.double({ min: 0, minExcluded: true, max: 3650, noNaN: true }) }),
    },
    { requiredKeys: ['name', 'integration', 'status', 'offers'] },
  ),
  integration: fc.record(
    {
      name,
      preset: fc.constantFrom('generic', 'everflow'),
      currency: fc.constantFrom('USD', 'eur'),
      statuses: fc.dictionary(word, fc.constantFrom('approved', 'rejected'), { maxKeys: 3, noNullPrototype: true }),
      auth: fc.record({ token: fc.constantFrom('off', 'report', 'required') }),
      reply: fc.record({ literal: fc.string({ unit: 'binary', maxLength: 40 }) }),
      adjustments: fc.boolean(),
    },
    { requiredKeys: ['name', 'preset'] },
  ),
  source: fc.record(
    { name, parameters: fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true }) },
    { requiredKeys: ['name'] },
  ),
};

/** Documents as the tracker has them: valid, with their defaults filled in. */
export function documents(ids: fc.Arbitrary<string> = identifier): fc.Arbitrary<readonly NamedContent[]> {
  const document = fc.constantFrom('campaign', 'integration', 'source' as const).chain((kind) =>
    fc.record({ kind: fc.constant(kind), id: ids, content: contents[kind] }).map((raw) => {
      const reading = readContent(kind, raw.content);
      return reading.ok ? [{ ...raw, content: reading.content }] : [];
    }),
  );
  return fc
    .array(document, { maxLength: 8 })
    .map((found) => [...new Map(found.flat().map((one) => [`${one.kind} ${one.id}`, one])).values()]);
}
