import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { addressPrefix, addressUnit, isAddressIn, isAddressOrRange } from '../../../../lambdas/domain/values/address';
import { atLength } from '../../../support/at-length';

describe('an allowlist', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.8', '203.0.113.7', false],
    ['203.0.113.255', '203.0.113.0/24', true],
    ['203.0.114.0', '203.0.113.0/24', false],
    ['203.0.113.9', '203.0.113.8/31', true],
    ['203.0.113.10', '203.0.113.8/31', false],
    ['8.8.8.8', '0.0.0.0/0', true],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:0DB8:0::0001', '2001:db8::1', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::ffff:203.0.113.7', '203.0.113.0/24', true],
    ['::ffff:cb00:7107', '203.0.113.7', true],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['203.0.113.7', '::ffff:203.0.113.0/120', true],
    ['203.0.114.7', '::ffff:203.0.113.0/120', false],
    ['203.0.113.7', '::/0', false],
    ['203.0.113.7', '::ffff:0:0/95', false],
    ['203.0.113.7', '::ffff:0:0/96', true],
    ['64:ff9b::203.0.113.7', '64:ff9b::cb00:7107', true],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6::/95', true],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:7::/96', false],
    ['fe80::1%eth0', 'fe80::/10', false],
    ['203.0.113.7', '203.0.113.7/33', false],
    ['203.0.113.7', '203.0.113.7/', false],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['', '0.0.0.0/0', false],
    ['unknown', '0.0.0.0/0', false],
    ['203.0.113.7, 10.0.0.1', '203.0.113.7', false],
  ])('%s in %s: %s', (address, range, isIn) => {
    expect(isAddressIn(address, [range])).toBe(isIn);
    expect(isAddressIn(address, ['192.0.2.1', range])).toBe(isIn);
  });

  test('that is empty holds nobody', () => {
    expect(isAddressIn('203.0.113.7', [])).toBe(false);
  });
});

describe('what is kept of an address', () => {
  test.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::1:2:3', '2001:db8::/48'],
    ['0:5:0:1::', '0:5::/48'],
    ['::1', '::/48'],
    ['203.0.113.077', undefined],
    ['nonsense', undefined],
    ['', undefined],
  ])('of %j is the prefix %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });

  test.each([
    ['203.0.113.77', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:0:0:3:4:5:6', '2001:db8::/64'],
    ['::1', '::/64'],
    ['nonsense', 'nonsense'],
  ])('of the sender %s is %s', (address, unit) => {
    expect(addressUnit(address)).toBe(unit);
  });

  test('no address makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), (address) => {
        const prefix = addressPrefix(address);
        expect(prefix === undefined || /\/(?:24|48)$/.test(prefix)).toBe(true);
        expect(isAddressIn(address, ['10.0.0.0/8', '2001:db8::/32', '::1'])).toEqual(expect.any(Boolean));
      }),
    );
  });
});

test.each([
  ['203.0.113.7', true],
  ['203.0.113.0/24', true],
  ['2001:db8::/32', true],
  ['::ffff:203.0.113.0/120', true],
  ['203.0.113.0/33', false],
  ['2001:db8::/129', false],
  ['10', false],
  ['192.168', false],
  ['203.0.113.0/', false],
  ['203.0.113.0/24/8', false],
  ['example.com', false],
])('%s in an allowlist: %s', (text, isOne) => {
  expect(isAddressOrRange(text)).toBe(isOne);
});

test('what is an address is what Node takes for one', () => {
  const nearly = fc.array(fc.constantFrom('0', '7', 'f', 'db8', '255', '256', '01', ':', '::', '.', '1.2.3.4', 'g'), {
    maxLength: 17,
  });
  const texts = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    nearly.map((parts) => parts.join('')),
    nearly.map((parts) => parts.join(':')),
    fc.string(),
  );
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!text.includes('%') && !text.includes('/'));
      expect([text, isAddressOrRange(text)]).toEqual([text, isIP(text) !== 0]);
    }),
    { numRuns: atLength(5000, 1000) },
  );
});
