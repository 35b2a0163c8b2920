import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costTables } from '../../docs/cost/page';
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
