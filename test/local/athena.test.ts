import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { DuckDBInstance } from '@duckdb/node-api';
import { eventually } from './fixture/running-stack';
import { type ServedGateway, serveGateway } from './fixture/served-gateway';
import { temporaryFolder } from './fixture/write-assembly';
import { mayAskReports, type Template, withBucket, withReports } from './fixture/template';

jest.setTimeout(60_000);

const objects = {
  'rows/2026/a.parquet': `('a1', 1), ('a2', null)`,
  'rows/b.parquet': `('b''1', 9007199254740993)`,
  'rows/c c.parquet': `('c1', 4)`,
  'rows/_left.parquet': `('no row', 0)`,
};

/** The bytes of a Parquet file with rows of `id` and `number`; the column `later` is newer than it. */
async function parquet(rows: string): Promise<Buffer> {
  const file = join(temporaryFolder(), 'rows.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = 'select id, number::bigint as number, true as flag';
  await connection.run(`copy (${columns} from (values ${rows}) t (id, number)) to '${file}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
  return readFileSync(file);
}

interface Reports {
  readonly gateway: ServedGateway;
  readonly athena: AthenaClient;
  readonly bucket: string;
}

const opened: Reports[] = [];

/** A gateway with facts in its bucket, and a client of the function Web. */
async function reports(
  group: Record<string, unknown> = {},
  statements = (bucket: unknown) => Object.values(mayAskReports(bucket)),
  change: (template: Template) => void = () => undefined,
): Promise<Reports> {
  const gateway = await serveGateway((template) => {
    withBucket(template, statements);
    withReports(template, group);
    change(template);
  });
  const bucket = gateway.stack.buckets[0]?.name ?? '';
  for (const [key, rows] of Object.entries(objects)) gateway.objects.put(bucket, key, await parquet(rows), {});
  const athena = new AthenaClient({ ...gateway.clientOf('Web'), maxAttempts: 1 });
  const made = { gateway, athena, bucket };
  opened.push(made);
  return made;
}

let shared: Reports;
beforeAll(async () => {
  shared = await reports();
});
afterAll(async () => {
  for (const { athena, gateway } of opened) {
    athena.destroy();
    await gateway.close();
  }
});

async function start({ athena }: Reports, QueryString: string, more: object = {}): Promise<string> {
  const { QueryExecutionId: id } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString,
      WorkGroup: 'reports',
      QueryExecutionContext: { Database: 'tracker' },
      ...more,
    }),
  );
  return id ?? '';
}

const look = async ({ athena }: Reports, QueryExecutionId: string) =>
  (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution;

const ended = (of: Reports, id: string) =>
  eventually('the query has ended', async () => {
    const execution = await look(of, id);
    return execution?.Status?.CompletionDateTime !== undefined && execution;
  });

/** The file that a query leaves. */
async function ask(sql: string, of = shared): Promise<string> {
  const execution = await ended(of, await start(of, sql));
  const { State: state, StateChangeReason: reason } = execution.Status ?? {};
  if (state !== 'SUCCEEDED') return `${state}: ${reason}`;
  const key = (execution.ResultConfiguration?.OutputLocation ?? '').slice(`s3://${of.bucket}/`.length);
  return of.gateway.objects.read(of.bucket, key).toString();
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

test('a query reads every object of a table, and leaves its answer as Athena does', async () => {
  expect(await ask('select id, number, flag, later from rows_of_facts order by id')).toBe(
    [
      '"id","number","flag","later"',
      '"a1","1","true",',
      '"a2",,"true",',
      '"b\'1","9007199254740993","true",',
      '"c1","4","true",',
      '',
    ].join('\n'),
  );
});

test('a query that names paths reads those objects alone, whatever their keys', async () => {
  const paths = ['rows/2026/a.parquet', 'rows/c c.parquet', 'rows/gone.parquet'].map(
    (key) => `'s3://${shared.bucket}/${key}'`,
  );
  const sql = `select id, "$path" as path from rows_of_facts where "$path" in (${paths.join(', ')}) order by id`;
  const [, ...rows] = (await ask(sql)).trim().split('\n');

  expect(rows).toEqual([
    `"a1","s3://${shared.bucket}/rows/2026/a.parquet"`,
    `"a2","s3://${shared.bucket}/rows/2026/a.parquet"`,
    `"c1","s3://${shared.bucket}/rows/c c.parquet"`,
  ]);
});

test('a query of objects that are gone has columns with types, and no rows', async () => {
  const sql = `select sum(number) as total, max(later) as later from rows_of_facts where "$path" in ('s3://${shared.bucket}/rows/gone')`;

  expect(await ask(sql)).toBe('"total","later"\n,\n');
});

test.each([
  [`select cast(5 as double) as n`, '"5.0"'],
  [`select cast(12345678 as double) as n`, '"1.2345678E7"'],
  [`select cast(0.00015 as double) as n`, '"1.5E-4"'],
  [`select cast(0.1 as decimal(10,2)) as n`, '"0.10"'],
  [`select sum(cast(n as decimal(38,0))) as n from (values (9007199254740993), (1)) t (n)`, '"9007199254740994"'],
  [`select timestamp '2026-11-30 01:02:03.400' as n`, '"2026-11-30 01:02:03.400"'],
  [`select 'say "x", ' as n`, '"say ""x"", "'],
  [`select '' as n`, '""'],
])('%s is written as %s', async (sql, text) => {
  expect(await ask(sql)).toBe(`"n"\n${text}\n`);
});

test('an execution reports the query, with the bytes of the objects that it read', async () => {
  const sql = `select count(*) as n from rows_of_facts where "$path" in ('s3://${shared.bucket}/rows/b.parquet')`;
  const id = await start(shared, sql);
  const execution = await ended(shared, id);

  expect(execution).toMatchObject({
    QueryExecutionId: id,
    Query: sql,
    WorkGroup: 'reports',
    QueryExecutionContext: { Database: 'tracker' },
    ResultConfiguration: { OutputLocation: `s3://${shared.bucket}/results/${id}.csv` },
    Statistics: { DataScannedInBytes: shared.gateway.objects.find(shared.bucket, 'rows/b.parquet')?.size },
    Status: { State: 'SUCCEEDED', SubmissionDateTime: expect.any(Date), CompletionDateTime: expect.any(Date) },
  });
});

test('an answer is read page by page, the names of its columns first', async () => {
  const QueryExecutionId = await start(shared, 'select n, nullif(n, 2) as m from range(1, 4) t (n) order by n');
  await ended(shared, QueryExecutionId);
  const rows: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await shared.athena.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 3, NextToken }));
    rows.push(...(page.ResultSet?.Rows ?? []).map(({ Data }) => Data?.map(({ VarCharValue: text }) => text)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);

  expect(rows).toEqual([
    ['n', 'm'],
    ['1', '1'],
    ['2', undefined],
    ['3', '3'],
  ]);
});

test('one request that is sent twice is one query, and another with its token is rejected', async () => {
  const ClientRequestToken = 'a-token-of-more-than-32-characters-for-athena';
  const first = await start(shared, 'select 1 as n', { ClientRequestToken });

  expect(await start(shared, 'select 1 as n', { ClientRequestToken })).toBe(first);
  expect(await failureOf(start(shared, 'select 2 as n', { ClientRequestToken }))).toMatchObject({
    name: 'InvalidRequestException',
    message: 'Idempotent parameters do not match',
  });
});

test('a query that is stopped is cancelled, and stays so', async () => {
  const id = await start(
    shared,
    'select count(*) as n from range(100000000000) a (x), range(1000) b (y) where x % 7 = y',
  );
  await eventually('it runs', async () => (await look(shared, id))?.Status?.State === 'RUNNING');
  await shared.athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));

  expect((await ended(shared, id)).Status).toMatchObject({ State: 'CANCELLED' });
  expect(await ask('select 1 as n')).toBe('"n"\n"1"\n');
});

test('a query that would read more than its workgroup allows is cancelled', async () => {
  expect(await ask('select * from rows_of_facts', await reports({ BytesScannedCutoffPerQuery: 10 }))).toBe(
    'CANCELLED: Query cancelled! : Bytes scanned limit was exceeded',
  );
});

test('where a workgroup does not insist, the query says where its answer goes', async () => {
  const free = await reports({ EnforceWorkGroupConfiguration: false });
  const ResultConfiguration = { OutputLocation: `s3://${free.bucket}/results/mine` };
  const inside = await ended(free, await start(free, 'select 1 as n', { ResultConfiguration }));
  const ignored = await ended(shared, await start(shared, 'select 1 as n', { ResultConfiguration }));

  expect(inside.ResultConfiguration?.OutputLocation).toMatch(/\/results\/mine\/[\w-]+\.csv$/);
  expect(ignored.ResultConfiguration?.OutputLocation).not.toContain('/mine/');
});

test.each([
  ['a column that there is not', 'select gone from rows_of_facts', /^FAILED: .*gone/s],
  ['a table that there is not', 'select * from elsewhere', /^FAILED: .*elsewhere/s],
  ['a text that is no SQL', 'select from where', /^FAILED: /],
  ['a statement that writes', 'create table t as select 1 as n', /^FAILED: .*one SELECT at a time/],
  ['two statements', 'select 1; select 2', /^FAILED: .*one SELECT at a time/],
  ['a file that is no object', `select * from read_csv('/etc/passwd')`, /^FAILED: .*[Pp]ermission/s],
])('%s fails with a reason', async (_what, sql, message) => {
  expect(await ask(sql)).toMatch(message);
});

describe('a caller without the permission', () => {
  const without = (left: keyof ReturnType<typeof mayAskReports>) =>
    reports({}, (bucket) =>
      Object.entries(mayAskReports(bucket)).flatMap(([name, statement]) => (name === left ? [] : [statement])),
    );

  test('to query gets no query', async () => {
    expect(await failureOf(start(await without('athena'), 'select 1 as n'))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'athena:StartQueryExecution on resource: arn:aws:athena:us-east-1:000000000000:workgroup/reports',
      ),
    });
  });

  test.each([
    ['glue', /^FAILED: Insufficient permissions to execute the query\. .*glue:GetDatabase/],
    ['look', /^FAILED: Permission denied on S3 path: .*s3:ListBucket/],
    ['read', /^FAILED: Permission denied on S3 path: .*s3:GetObject/],
    ['write', /^FAILED: Access denied when writing output to url: .*s3:PutObject/],
  ] as const)('to %s gets a query that fails', async (left, message) => {
    expect(await ask('select count(*) as n from rows_of_facts', await without(left))).toMatch(message);
  });
});

test.each([
  ['an operation that is not served', () => shared.athena.send(new ListWorkGroupsCommand({})), 'ListWorkGroups'],
  ['another workgroup', () => start(shared, 'select 1', { WorkGroup: 'other' }), 'WorkGroup other is not found'],
  ['a query that is too long', () => start(shared, `select '${'x'.repeat(262_144)}'`), '262144'],
  ['a query that there is not', () => look(shared, 'none'), 'QueryExecution none was not found'],
])('%s is rejected by name', async (_what, call, message) => {
  expect(await failureOf(call())).toMatchObject({ message: expect.stringContaining(message) });
});

test('faults of the wire reach it', async () => {
  shared.gateway.faults.add({ kind: 'throttle', service: 'athena', operation: 'StartQueryExecution', count: 1 });

  expect(await failureOf(start(shared, 'select 1 as n'))).toMatchObject({ name: 'ThrottlingException' });
});
