import * as fc from 'fast-check';
import { readAgent } from '../../../../lambdas/domain/facts/agent';
import { runs } from '../conversion/arbitraries';
import { phone } from './support';

test.each([
  [phone, 'mobile', 'Android', 'Chrome'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'mobile',
    'iOS',
    'Safari',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'tablet',
    'iOS',
    'Safari',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'desktop',
    'Windows',
    'Microsoft Edge',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'desktop', 'Linux', 'Firefox'],
  [
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/6.0 TV Safari/538.1',
    'tv',
    'Tizen',
    'Tizen',
  ],
])('%s', (userAgent, device, os, browser) => {
  expect(readAgent(userAgent)).toEqual({ device, os, browser });
});

test.each([undefined, '', '  '])('%j says nothing', (userAgent) => {
  expect(readAgent(userAgent)).toEqual({ device: null, os: null, browser: null });
});

test('whatever a stranger sends is answered, in short names or null', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 256 }), fc.string({ unit: 'binary', maxLength: 256 })), (userAgent) => {
      for (const name of Object.values(readAgent(userAgent))) {
        if (name === null) continue;
        expect(name.trim()).not.toBe('');
        expect(name.length).toBeLessThanOrEqual(64);
      }
    }),
    runs(),
  );
});
