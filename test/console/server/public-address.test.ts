import * as fc from 'fast-check';
import { isPublicAddress } from '../../../console/server/public-address';

const home = 'https://track.example';
const isPublic = (url: string): boolean => isPublicAddress(new URL(url), home);

test.each(['/postback?clickid=a', '/postback/acme', '/c/spring', '/?cnv_id=a', '/administrator', '/x/admin'])(
  'a sender reaches %s',
  (path) => {
    expect(isPublic(home + path)).toBe(true);
  },
);

test.each([
  ['another host', 'https://evil.example/postback'],
  ['another port', 'https://track.example:8443/postback'],
  ['another protocol', 'http://track.example/postback'],
  ['a host that begins alike', 'https://track.example.evil.example/postback'],
  ['credentials in front of another host', 'https://track.example@evil.example/postback'],
  ['credentials', 'https://user:word@track.example/postback'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
])('%s is no address of this tracker', (_what, url) => {
  expect(isPublic(url)).toBe(false);
});

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

test('the private folders are private however their path is written', () => {
  const folder = fc.constantFrom<string[]>('admin', '_local', 'console', 'Admin', 'ADMIN');
  const before = fc.constantFrom('/', '//', '/./', '/x/../', '/x/..%2f', '/%2e/', '\\', '/%5c', '/x%2f%2e%2e/');
  const rounds = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(folder, before, rounds, fc.infiniteStream(fc.boolean()), (name, prefix, times, choose) => {
      let written = name;
      for (let round = 0; round < times; round++) {
        written = written
          .replaceAll(/[^%]/g, (letter) => (choose.next().value === true ? percent(letter) : letter))
          .replaceAll('%', () => (choose.next().value === true ? '%25' : '%'));
      }
      expect(isPublic(`${home}${prefix}${written}/v1/campaigns`)).toBe(false);
    }),
    { seed: 20261130 },
  );
});
