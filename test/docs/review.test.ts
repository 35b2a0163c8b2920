import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewTables } from '../../docs/review/page';
import { reviewedStack } from '../../docs/review/stack';
import { root } from '../e2e/assembly';

jest.setTimeout(60_000);

const page = readFileSync(join(root, 'docs', 'review.md'), 'utf8');
const squeezed = (text: string): string => text.replace(/-{2,}/g, '-').replace(/ +/g, ' ').trim();

test('docs/review.md shows the template of prod as it is: run `npm run docs` where it does not', () => {
  const tables = reviewTables(reviewedStack());

  expect(Object.keys(tables)).toEqual(['resources', 'roles', 'public', 'acknowledgements']);
  for (const [name, table] of Object.entries(tables)) {
    const [, written = ''] = page.split(`<!-- ${name}: begin -->`);
    expect(squeezed(written.split(`<!-- ${name}: end -->`)[0] ?? '')).toBe(squeezed(table));
  }
});

test('no role may do anything on everything but list streams, and each acknowledgement says why', () => {
  const { acknowledged } = reviewedStack();

  // IAM knows no smaller resource for the names of streams.
  expect(page.replaceAll('`dynamodb:ListStreams` on **everything**', '')).not.toContain('on **everything**');
  expect(acknowledged.length).toBeGreaterThan(5);
  expect(acknowledged.filter(({ reason }) => reason.length < 30)).toEqual([]);
});
