import { shopHeaders, shopPage } from '../../local/control/demo-shop';

const clickId = '24scnps2p08x74kv312f7p8razp7bnsw';

test('the demo shop shows the click ID and a form that sends its postback', () => {
  const page = shopPage(clickId);
  expect(page).toContain(`<code>${clickId}</code>`);
  expect(page).toContain('<form action="/postback" method="get">');
  expect(page).toContain(`<input type="hidden" name="clickid" value="${clickId}">`);
});

test.each([
  ['none', undefined],
  ['markup', '"><script>alert(1)</script>'],
  ['a shorter text', 'abc'],
])('of a click ID that is %s it shows the tracking link alone', (_what, given) => {
  const page = shopPage(given);
  expect(page).not.toContain('<form');
  expect(page).toContain('href="/c/demo?source=newsletter"');
  expect(page).not.toContain('alert');
});

test('it runs no script and asks nothing of other hosts', () => {
  expect(shopPage(clickId)).not.toMatch(/<script|https?:/);
  expect(shopHeaders['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
  );
});

test('asks for the token of an integration that requires it, and of no other', () => {
  expect(shopPage(clickId, true)).toMatch(/<input name="token" required/);
  expect(shopPage(clickId)).not.toContain('token');
});
