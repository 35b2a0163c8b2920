import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costTables } from '../../docs/cost/page';
import { costSentences } from '../../docs/cost/sentences';
import { templateOf } from '../cost/support/templates';

jest.setTimeout(60_000);

const document = readFileSync(join(__dirname, '..', '..', 'docs', 'cost.md'), 'utf8');

/** Cells without the blanks and dashes that a formatter lines them up with. */
const squeezed = (text: string): string => text.replace(/-{2,}/g, '-').replace(/[ ]+/g, ' ').trim();

test('docs/cost.md has the tables that the model makes of the templates: run `npm run docs` where it has not', async () => {
  const tables = costTables({ dev: await templateOf('dev'), prod: await templateOf('prod') });

  const written = Object.keys(tables).map((name) => {
    const [, text = ''] = document.split(`<!-- ${name}: begin -->`);
    return [name, squeezed(text.split(`<!-- ${name}: end -->`)[0] ?? '')];
  });
  expect(Object.fromEntries(written)).toEqual(
    Object.fromEntries(Object.entries(tables).map(([name, text]) => [name, squeezed(text)])),
  );
});

const root = join(__dirname, '..', '..');
const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

test('what other pages say of costs is what the model says: run `npm run docs` where it is not', async () => {
  for (const [page, sentences] of Object.entries(costSentences(await templateOf('prod')))) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [name, sentence] of Object.entries(sentences)) {
      const [, written = ''] = text.split(`<!-- ${name}: begin -->`);
      expect(squeezed(words(written.split(`<!-- ${name}: end -->`)[0] ?? ''))).toBe(squeezed(words(sentence)));
    }
  }
});

test('no figure of the model stands in another page by hand', () => {
  const pages = ['README.md', 'SECURITY.md', 'docs/deploy.md', 'docs/configuration.md', 'docs/runbook.md'].map((page) =>
    readFileSync(join(root, page), 'utf8').replace(/<!-- (\w+): begin -->[^]*?<!-- \1: end -->/g, ''),
  );
  // What AWS asks for one thing may stand anywhere; sums of ours only where they are written by the model.
  expect(
    pages.flatMap(
      (text) => text.match(/\$[\d.,]+ (?:per million (?:clicks|recorded)|a month for an idle)|about \$\d+/g) ?? [],
    ),
  ).toEqual([]);
});
