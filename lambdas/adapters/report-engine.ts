import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse';
import type { AnswerRow } from '../domain/reports/tally';
import { abortSignal, type Deadline } from './deadline';
import { requireEnvironment } from './environment';
import { s3Client } from './s3-client';
import { StorageFailure, storageCall } from './storage-failure';

export type EngineAnswer =
  /** All rows were handed on. */
  | { readonly state: 'done' }
  /** It takes longer than the deadline; `resume` asks for it again. */
  | { readonly state: 'running'; readonly id: string }
  /** It would read, or answers, more than is allowed. */
  | { readonly state: 'too-large' }
  /** Nothing of this stage has the ID, or no longer. */
  | { readonly state: 'unknown' };

/** Asks SQL of the facts. Each row of the answer is handed on as it is read. */
export interface ReportEngine {
  /** What the engine shows before the key of an object: `s3://bucket/`. */
  readonly base: string;
  ask(sql: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer>;
  /** Goes on with a query that was still running. */
  resume(id: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer>;
}

const callMilliseconds = 5000;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 1000;
/** So many rows are grouped and sorted in the memory of a small function. */
const maximumAnswerRows = 300_000;

export interface EngineSettings {
  readonly bucket: string;
  readonly workGroup: string;
  readonly database: string;
}

export function engineFromEnvironment(): ReportEngine {
  return athenaEngine(new AthenaClient({ maxAttempts: 3 }), s3Client(), {
    bucket: requireEnvironment('factsBucket'),
    workGroup: requireEnvironment('reportsWorkGroup'),
    database: requireEnvironment('reportsDatabase'),
  });
}

export function athenaEngine(
  athena: AthenaClient,
  s3: S3Client,
  { bucket, workGroup, database }: EngineSettings,
): ReportEngine {
  async function start(sql: string, deadline: Deadline): Promise<string> {
    const command = new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: database },
      WorkGroup: workGroup,
      // The same call that is sent twice, since its answer was lost, is one query.
      ClientRequestToken: randomUUID(),
    });
    const { QueryExecutionId: id } = await storageCall('starting a report', () =>
      athena.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    if (id === undefined) throw new Error('Athena named no query');
    return id;
  }

  async function find(id: string, deadline: Deadline): Promise<QueryExecution | undefined> {
    try {
      const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
      const answer = await athena.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      // Another workgroup is another stage, or none of ours at all.
      return answer.QueryExecution?.WorkGroup === workGroup ? answer.QueryExecution : undefined;
    } catch (error) {
      if (error instanceof InvalidRequestException) return undefined;
      throw new StorageFailure('looking for a report', error);
    }
  }

  async function resume(id: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer> {
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 1.5, longestPauseMilliseconds)) {
      const execution = await find(id, deadline);
      if (execution === undefined) return { state: 'unknown' };
      const { State: state, StateChangeReason: reason = 'no reason given' } = execution.Status ?? {};
      if (state === 'SUCCEEDED') return read(execution.ResultConfiguration?.OutputLocation ?? '', onRow);
      if (state === 'FAILED' || state === 'CANCELLED') {
        if (/bytes scanned limit/i.test(reason)) return { state: 'too-large' };
        throw new StorageFailure('computing a report', new Error(reason));
      }
      if (deadline.remaining() <= pause) return { state: 'running', id };
      await delay(pause);
    }
  }

  async function read(location: string, onRow: (row: AnswerRow) => void): Promise<EngineAnswer> {
    const key = location.startsWith(`s3://${bucket}/`) ? location.slice(`s3://${bucket}/`.length) : undefined;
    if (key === undefined) throw new StorageFailure('reading a report', new Error(`its rows are in ${location}`));
    return storageCall('reading a report', async () => {
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!(body instanceof Readable)) throw new Error(`${location} is no stream`);
      const isWhole = await readAnswer(body, onRow);
      return { state: isWhole ? 'done' : 'too-large' };
    });
  }

  return {
    base: `s3://${bucket}/`,
    resume,
    ask: async (sql, deadline, onRow) => resume(await start(sql, deadline), deadline, onRow),
  };
}

/**
 * Reads the CSV that Athena writes: every value in quotes, and NULL as nothing at all, so that an empty text is not the same.
 * @returns whether it was read to its end: it is given up on where it has more rows than fit into memory
 */
export async function readAnswer(
  file: Readable,
  onRow: (row: AnswerRow) => void,
  most: number = maximumAnswerRows,
): Promise<boolean> {
  const parser = parse({
    fromLine: 2,
    cast: (value, { quoting }) => (quoting || value !== '' ? value : null),
  });
  const flow = pipeline(file, parser);
  // Where reading stops early, the rest of the file fails; that is looked at below where it is of interest.
  flow.catch(() => undefined);
  let rows = 0;
  for await (const record of parser) {
    if (++rows > most) return false;
    onRow(rowOf(record));
  }
  await flow;
  return true;
}

function rowOf(record: unknown): AnswerRow {
  if (!Array.isArray(record)) throw new Error('a row of an answer is no list');
  return record.map((value: unknown) => (typeof value === 'string' ? value : null));
}
