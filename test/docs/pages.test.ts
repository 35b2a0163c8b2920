import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from '../e2e/assembly';
import { resourcesOfStage } from './support/everything';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const markdownIn = (folder: string, recursive = true): readonly string[] =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = [
  ...markdownIn('.', false),
  ...['docs', 'examples', 'cli', 'local', 'prove'].flatMap((folder) => markdownIn(folder)),
];

/** As GitHub makes anchors of headings. */
const anchorsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  const dead = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });

  expect(dead).toEqual([]);
});

const decisions = markdownIn('docs/adr')
  .map((path) => basename(path))
  .filter((name) => name !== 'README.md')
  .toSorted();

test('docs/adr/README.md lists every decision by its title, in order', () => {
  const listed = decisions.map((name) => {
    const [, number = '', title = ''] = /^# (\d+)\. (.+)/.exec(read(`docs/adr/${name}`)) ?? [];
    return `${number}. [${title}](${name})`;
  });

  expect(read('docs/adr/README.md').match(/^\d+\. .+$/gm)).toEqual(listed);
});

test('decisions are numbered one by one', () => {
  const numbers = decisions.map((name) => name.slice(0, 4));

  expect(new Set(numbers).size).toBe(numbers.length);
  for (const name of decisions) {
    expect(read(`docs/adr/${name}`)).toMatch(
      new RegExp(`^# ${Number(name.slice(0, 4))}\\. .+\\n\\n\\*\\*Decided\\*\\* \\d{4}-\\d\\d-\\d\\d`),
    );
  }
});

test('every command of the tracker that docs/deploy.md and docs/cost.md name is one', () => {
  const known = [...read('docs/cli.md').matchAll(/^##+ ([a-z-]+(?: [a-z-]+)?)$/gm)].map(([, name = '']) => name);
  const named = ['docs/deploy.md', 'docs/cost.md'].flatMap((page) =>
    [...read(page).matchAll(/npx tracker ([a-z-]+)(?: ([a-z-]+))?/g)].map(([, first = '', second = '']) =>
      known.includes(`${first} ${second}`) ? `${first} ${second}` : first,
    ),
  );

  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('what docs/deploy.md says is kept when prod goes is all that is kept', () => {
  const kept = Object.values(resourcesOfStage('prod'))
    .filter((one) => String(one['DeletionPolicy']).startsWith('Retain'))
    .map((one) => String(one['Type']));
  const listed = /contains\('([^']+)', ResourceType\)/.exec(read('docs/deploy.md'))?.[1]?.split(' ');

  // Versions go with their function.
  expect(new Set(kept.filter((type) => type !== 'AWS::Lambda::Version'))).toEqual(new Set(listed));
});

test('docs/deploy.md restores of each table what the template says it has beside its rows', () => {
  const tables = Object.values(resourcesOfStage('prod')).filter((one) => one['Type'] === 'AWS::DynamoDB::GlobalTable');
  const settings = new Set(tables.flatMap((one) => Object.keys(one['Properties'])));
  const ofReplicas = new Set(tables.flatMap((one) => Object.keys(one['Properties']['Replicas'][0])));

  // Keys, billing and indexes come with the restore; each of the others has its command in the page.
  expect(settings).toEqual(
    new Set([
      'AttributeDefinitions',
      'BillingMode',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'Replicas',
      'StreamSpecification',
      'TimeToLiveSpecification',
    ]),
  );
  expect(ofReplicas).toEqual(
    new Set(['DeletionProtectionEnabled', 'GlobalSecondaryIndexes', 'PointInTimeRecoverySpecification', 'Region']),
  );
});
