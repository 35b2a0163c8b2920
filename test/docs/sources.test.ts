import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceIndex, sourcePage } from '../../docs/sources/page';
import { sourceTemplates } from '../../lambdas/domain/outbound/sources';

const folder = join(__dirname, '../../docs/sources');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test.each(sourceTemplates.map((template) => [template.id, template] as const))(
  'the page of %s says what its template says',
  (id, template) => {
    expect(read(`${id}.md`)).toBe(sourcePage(template));
    expect(sourcePage(template)).toContain(`**${template.confidence}**`);
  },
);

test('the list of sources names each page, and there are no others', () => {
  expect(read('README.md')).toBe(sourceIndex(sourceTemplates));
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  expect(pages.sort()).toEqual(['README.md', ...sourceTemplates.map(({ id }) => `${id}.md`)].sort());
});
