import type { ConfigurationTable } from '../../../lambdas/adapters/configuration-table';
import { rememberAbsence } from '../../../lambdas/adapters/remembered-absence';
import type { Version } from '../../../lambdas/domain/configuration/document';
import { noHurry } from './support/storage';

const news: Version<'source'> = {
  kind: 'source',
  id: 'news',
  version: 1,
  changedAt: 0,
  author: 'test',
  document: { name: 'News' },
};

/** A table that counts what it is asked, and a clock that stays where it is put. */
function world(cacheSeconds: number) {
  const known = new Map<string, Version<'source'>>();
  const asked: string[] = [];
  const clock = { now: 0 };
  const find = (async (_: 'source', id: string) => {
    asked.push(id);
    return known.get(id);
  }) as ConfigurationTable<'source'>['find'];
  const { find: remembering } = rememberAbsence<'source'>({ find }, cacheSeconds, () => clock.now);
  return { known, asked, clock, find: (id: string) => remembering('source', id, noHurry) };
}

test('a document that nobody has made is asked for once in five seconds', async () => {
  const { asked, clock, find } = world(60);
  expect([await find('news'), await find('news')]).toEqual([undefined, undefined]);
  expect(asked).toEqual(['news']);
  clock.now = 5000;
  await find('news');
  expect(asked).toEqual(['news', 'news']);
});

test('one that is made is seen after five seconds, and is asked for as ever from then on', async () => {
  const { known, asked, clock, find } = world(60);
  await find('news');
  known.set('news', news);
  expect(await find('news')).toBeUndefined();
  clock.now = 5000;
  expect([await find('news'), await find('news')]).toEqual([news, news]);
  expect(asked).toHaveLength(3);
});

test('a stage that remembers no document remembers no absence', async () => {
  const { known, find } = world(0);
  await find('news');
  known.set('news', news);
  expect(await find('news')).toEqual(news);
});

test('names without end fill no memory: what was forgotten is asked for again', async () => {
  const { asked, find } = world(60);
  for (let at = 0; at <= 1000; at += 1) await find(`name-${at}`);
  await find('name-0');
  expect(asked.filter((id) => id === 'name-0')).toHaveLength(2);
});

test('a table that fails says so, and nothing is taken for absent', async () => {
  let fails = true;
  const find = (async () => {
    if (fails) throw new Error('the table is broken');
    return news;
  }) as unknown as ConfigurationTable<'source'>['find'];
  const remembering = rememberAbsence<'source'>({ find }, 60, () => 0);
  await expect(remembering.find('source', 'news', noHurry)).rejects.toThrow('the table is broken');
  fails = false;
  expect(await remembering.find('source', 'news', noHurry)).toEqual(news);
});
