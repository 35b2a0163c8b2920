import * as fc from 'fast-check';
import { addressPrefix, isAddressIn } from '../../../../lambdas/domain/trust/address';

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
    ['nonsense', undefined],
    ['', undefined],
  ])('of %j is the prefix %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
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
