import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { accessLogFields } from '../../../lib/ingest-api';
import { logicalId, repository, synthesized } from '../synthesized';
import { runbookSections } from './watched';

interface Query {
  readonly Name: string;
  readonly QueryString: string;
  readonly LogGroupNames: ReadonlyArray<{ readonly Ref: string }>;
}

const { resources } = synthesized('prod');
const queries = Object.values(resources('AWS::Logs::QueryDefinition')).map(({ Properties }): Query => Properties);
const accessLog = logicalId(resources('AWS::Logs::LogGroup'), 'IngestAccessLog');

/** Words of Logs Insights that stand where a field may. */
const keywords = new Set([
  'filter',
  'stats',
  'fields',
  'sort',
  'limit',
  'by',
  'as',
  'in',
  'like',
  'asc',
  'desc',
  'bin',
  '1m',
  'count',
  'min',
  'max',
  'latest',
  'ispresent',
]);

/** The fields that a query names, but for those that it makes and those that every log event has. */
function fieldsOf(query: string): string[] {
  const bare = query.replaceAll(/"[^"]*"/g, '');
  const made = new Set([...bare.matchAll(/ as (\w+)/g)].map(([, name = '']) => name));
  const words = [...bare.matchAll(/(?<!@)\b\w+\b/g)].map(([word]) => word);
  return [...new Set(words)].filter((word) => !keywords.has(word) && !made.has(word) && !/^\d+$/.test(word));
}

/** The text between a parenthesis and its partner. */
function argumentsAt(source: string, open: number): string {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    depth += source[at] === '(' ? 1 : source[at] === ')' ? -1 : 0;
    if (depth === 0) return source.slice(open, at);
  }
  return source.slice(open);
}

/** The names in what the functions write: in the calls of the two that write a line, and in what makes the fields of one. */
function writtenNames(): Set<string> {
  const folder = path.join(repository, 'lambdas');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const written = sources.flatMap((source) => [
    ...[...source.matchAll(/\b(?:emit|logTrouble|JSON\.stringify)(?=\()/g)].map(({ index, 0: { length } }) =>
      argumentsAt(source, index + length),
    ),
    ...(source.includes('LineFields') ? [source] : []),
  ]);
  return new Set(written.flatMap((text) => text.match(/\b\w+\b/g) ?? []));
}

test.each(queries)('$Name asks only for fields that its logs have', ({ QueryString, LogGroupNames }) => {
  const known = LogGroupNames.some(({ Ref }) => Ref === accessLog)
    ? new Set(Object.keys(accessLogFields))
    : writtenNames();
  expect(fieldsOf(QueryString).filter((field) => !known.has(field))).toEqual([]);
});

test.each(queries)(
  '$Name lies in the folder of the stage and looks at logs of its stack',
  ({ Name, LogGroupNames }) => {
    expect(Name).toMatch(/^PostbackTracker-prod\/[A-Z][A-Za-z0-9 ]+$/);
    expect(LogGroupNames.length).toBeGreaterThan(0);
    for (const { Ref } of LogGroupNames) expect(Object.keys(resources('AWS::Logs::LogGroup'))).toContain(Ref);
  },
);

test('the runbook names only queries that are saved', () => {
  const named = [...runbookSections().values()].flatMap((section) =>
    [...section.matchAll(/^saved '([^']+)'/gm)].map(([, name]) => name),
  );
  const saved = queries.map(({ Name }) => Name.split('/')[1]);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !saved.includes(name))).toEqual([]);
});
