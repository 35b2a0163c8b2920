import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { athenaEngine, readAnswer, type ReportEngine } from '../../../lambdas/adapters/report-engine';
import type { AnswerRow } from '../../../lambdas/domain/reports/tally';

/** What Athena says of the one query, in turn; the last is said again and again. */
let states: readonly object[] = [];
let workGroup = 'stage';
let location = 's3://facts/results/q1.csv';
const file = '"part","total","g1"\n"clicks","0","a ""b"""\n"clicks","0",""\n"clicks","1",\n';
const asked: { readonly target: string; readonly body: Record<string, unknown> }[] = [];

const ranges: (string | undefined)[] = [];

let server: Server;
let engine: ReportEngine;
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target'] ?? `${request.method} ${request.url}`);
      const text = Buffer.concat(parts).toString();
      asked.push({ target, body: text === '' ? {} : JSON.parse(text) });
      if (target.startsWith('GET')) {
        ranges.push(request.headers.range);
        return response.end(file);
      }
      if (target.endsWith('.StartQueryExecution')) return response.end('{"QueryExecutionId":"q1"}');
      const [state, ...later] = states;
      if (later.length > 0) states = later;
      if (state === undefined) {
        response.statusCode = 400;
        return response.end('{"__type":"InvalidRequestException","Message":"QueryExecution q1 was not found"}');
      }
      const execution = { WorkGroup: workGroup, Status: state, ResultConfiguration: { OutputLocation: location } };
      return response.end(JSON.stringify({ QueryExecution: execution }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  engine = athenaEngine(new AthenaClient(client), new S3Client({ ...client, forcePathStyle: true }), {
    bucket: 'facts',
    workGroup: 'stage',
    database: 'reports',
  });
});
beforeEach(() => {
  asked.length = 0;
  ranges.length = 0;
  states = [{ State: 'SUCCEEDED' }];
  workGroup = 'stage';
  location = 's3://facts/results/q1.csv';
});
afterAll(() => server.close());

const within = (milliseconds: number) => ({ remaining: () => milliseconds });

async function ask(milliseconds = 60_000) {
  const rows: AnswerRow[] = [];
  const answer = await engine.ask('select 1', within(milliseconds), (row) => rows.push(row));
  return { answer, rows };
}

test('asks in its own workgroup and database, waits, and reads the rows from the bucket', async () => {
  states = [{ State: 'QUEUED' }, { State: 'RUNNING' }, { State: 'SUCCEEDED' }];
  const { answer, rows } = await ask();
  expect(answer).toStrictEqual({ state: 'done' });
  expect(rows).toStrictEqual([
    ['clicks', '0', 'a "b"'],
    ['clicks', '0', ''],
    ['clicks', '1', null],
  ]);
  expect(asked[0]?.body).toMatchObject({
    QueryString: 'select 1',
    WorkGroup: 'stage',
    QueryExecutionContext: { Database: 'reports' },
  });
  expect(asked.filter(({ target }) => target.endsWith('GetQueryExecution'))).toHaveLength(3);
  expect(asked.at(-1)?.target).toMatch(/^GET \/facts\/results\/q1\.csv/);
});

test('a query that outlasts the deadline continues under its ID', async () => {
  states = [{ State: 'RUNNING' }];
  const { answer } = await ask(400);
  expect(answer).toStrictEqual({ state: 'running', id: 'q1' });
  states = [{ State: 'SUCCEEDED' }];
  const rows: AnswerRow[] = [];
  expect(await engine.resume('q1', within(60_000), (row) => rows.push(row))).toStrictEqual({ state: 'done' });
  expect(rows).toHaveLength(3);
});

test('a query of another workgroup, and one that there is not, are the same: unknown', async () => {
  workGroup = 'other-stage';
  expect(await engine.resume('q1', within(60_000), () => undefined)).toStrictEqual({ state: 'unknown' });
  states = [];
  expect(await engine.resume('q1', within(60_000), () => undefined)).toStrictEqual({ state: 'unknown' });
  expect(asked.some(({ target }) => target.startsWith('GET'))).toBe(false);
});

test('a query that would read more than the workgroup allows is too large', async () => {
  states = [{ State: 'CANCELLED', StateChangeReason: 'Query cancelled! : Bytes scanned limit was exceeded' }];
  expect((await ask()).answer).toStrictEqual({ state: 'too-large' });
});

test.each([
  [{ State: 'FAILED', StateChangeReason: 'HIVE_BAD_DATA: not a Parquet file' }, 'HIVE_BAD_DATA: not a Parquet file'],
  [{ State: 'FAILED' }, 'no reason given'],
])('a query that fails is a failure of storage with its reason: %j', async (state, reason) => {
  states = [state];
  await expect(ask()).rejects.toMatchObject({ name: 'StorageFailure', message: expect.stringContaining(reason) });
});

test('rows that lie in another bucket are not read', async () => {
  location = 's3://somebody/results/q1.csv';
  await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('s3://somebody/results/q1.csv') });
  expect(asked.some(({ target }) => target.startsWith('GET'))).toBe(false);
});

test('an answer is read until no more rows are wanted, and continues at the byte where a row ended', async () => {
  const lines = ['"n","text"\n', '"1","é🙂"\n', ',"x\ny"\n', '"3",\n'];
  const bytes = Buffer.from(lines.join(''));
  const ends: number[] = [];
  const first = await readAnswer(Readable.from([bytes]), (_row, end) => ends.push(end) < 2);
  expect([first, ends]).toStrictEqual([false, [24, 31]]);
  const rows: AnswerRow[] = [];
  const onRow = (row: AnswerRow, end: number): boolean => rows.push([...row, `${end}`]) > 0;
  expect(await readAnswer(Readable.from([bytes.subarray(24)]), onRow, 24)).toBe(true);
  expect(rows).toStrictEqual([
    [null, 'x\ny', '31'],
    ['3', null, `${bytes.length}`],
  ]);
});

test('a part of the answer of a query is asked for by its first byte', async () => {
  const rows: AnswerRow[] = [];
  const id = await engine.start('select 1', within(60_000));
  const onRow = (row: AnswerRow): boolean => rows.push(row) < 2;
  expect(await engine.readFrom(id, 0, within(60_000), onRow)).toStrictEqual({ state: 'done' });
  expect(rows).toHaveLength(2);
  await engine.readFrom(id, 45, within(60_000), onRow);
  expect(ranges).toStrictEqual([undefined, 'bytes=45-']);
  states = [{ State: 'RUNNING' }];
  expect(await engine.readFrom(id, 45, within(400), onRow)).toStrictEqual({ state: 'running', id });
});

test('an answer that breaks off is an error, never fewer rows', async () => {
  const broken = Readable.from(
    (function* () {
      yield '"n"\n"1"\n';
      throw new Error('the connection is gone');
    })(),
  );
  await expect(readAnswer(broken, () => true)).rejects.toThrow('the connection is gone');
});
