import { buildPage, type BuiltPage } from '../../console/build';

let page: BuiltPage;
beforeAll(async () => {
  page = await buildPage();
});

test('the document names files of the build alone, and every one of them changes its name with its content', () => {
  const named = [...page.document.matchAll(/(?:src|href)="\/console\/([^"]+)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => name === undefined || !page.assets.has(name))).toEqual([]);
  expect([...page.assets.keys()].filter((name) => !/^assets\/[\w-]+-[A-Z0-9]{8}\.(?:js|css)$/.test(name))).toEqual([]);
});

test('the document has no code and no style of its own: the policy would stop them', () => {
  expect(page.document).toContain('<div id="app"></div>');
  expect(page.document).not.toMatch(/<style|style=|\son\w+=|javascript:/i);
  expect([...page.document.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].map(([, code]) => code)).toEqual(['']);
});

test('what is loaded first is there, its styles included', () => {
  expect(page.firstLoad.filter((name) => !page.assets.has(name))).toEqual([]);
  expect(page.firstLoad.map((name) => name.split('.').at(-1))).toEqual(expect.arrayContaining(['js', 'css']));
  expect(page.firstLoad.every((name) => page.document.includes(`/console/${name}`))).toBe(true);
});

test('the same sources are built once', async () => {
  expect(await buildPage()).toBe(page);
});
