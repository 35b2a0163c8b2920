import * as fc from 'fast-check';
import { findUnreplacedMacro } from '../../../../lambdas/domain/text/macros';

const macros = [
  '{clickid}',
  '{Sub5}',
  '{transaction_id}',
  '{{click.id}}',
  '{{ad.id}}',
  '${CLICK_ID}',
  '#s2#',
  '#price#',
  '##ORDER_ID##',
  '[clickid]',
  '[[clickid]]',
  '%TRANSACTION_ID%',
  '%subid%',
  '<click_id>',
  '(clickid)',
  'REPLACE',
  'OPTIONAL',
  'TRANSACTION_ID',
  'CLICK_ID',
  'PAYOUT',
  'ORDER_ID',
  '((order))',
  '|ORDER|',
  '&lt;order_id&gt;',
];

describe('a macro that nobody replaced', () => {
  test.each(macros)('%s is found, as sent and encoded once or twice', (macro) => {
    expect(findUnreplacedMacro(macro)).toBe(macro);
    expect(findUnreplacedMacro(encodeURIComponent(macro))).toBe(macro);
    expect(findUnreplacedMacro(encodeURIComponent(encodeURIComponent(macro)))).toBe(macro);
  });

  test.each(['{clickid}', '{{click.id}}', '${CLICK_ID}', '%subid%', '[[clickid]]'])(
    '%s is found within a value',
    (macro) => {
      expect(findUnreplacedMacro(`order-${macro}-1`)).toBe(macro);
    },
  );

  test.each([
    '',
    '12.50',
    '50%',
    '50% off, then 20% more',
    '100%',
    'a<b',
    'a<b>c',
    '#123',
    '#1#',
    'order[5]',
    '[5]',
    'items[0][id]',
    '{"a":1}',
    '{"a":{"b":[1,2]}}',
    '{}',
    '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}',
    'order-{3f2504e0-4f89-11d3-9a0c-0305e82c3301}',
    'replace',
    'optional',
    'payout',
    'clickid',
    'Transaction_Id',
    'SALE',
    'T-100',
    'ORDER_100',
    'a (b)',
    '$5',
    '%41%42',
    'caf%C3%A9',
    'user@example.com',
    '2026-11-23T12:00:00+01:00',
    'https://shop.example/?a=1&b=2#top',
  ])('%j is a value', (value) => {
    expect(findUnreplacedMacro(value)).toBeUndefined();
  });

  test('is never seen in letters, digits, points and hyphens', () => {
    const values = fc.string({ unit: fc.constantFrom(...Array.from('abcxyz0189._-~:/ @+,;')) });
    fc.assert(fc.property(values, (value) => expect(findUnreplacedMacro(value)).toBeUndefined()));
  });
});
