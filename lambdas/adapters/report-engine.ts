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
  /** All rows were read. */
  | { readonly state: 'done' }
  /** The query takes longer than the deadline; `resume` continues it. */
  | { readonly state: 'running'; readonly id: string }
  /** The query would read, or return, more than the limit. */
  | { readonly state: 'too-large' }
  /** No query of this stage has the ID, or no longer. */
  | { readonly state: 'unknown' };

/** Queries the facts by SQL. Each row of the answer is passed on as it is read. */
export interface ReportEngine {
  /** The prefix that the engine shows before the key of an object: `s3://bucket/`. */
  readonly base: string;
  ask(sql: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer>;
  /** Continues a running query. */
  resume(id: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer>;
  /** Starts a query with an answer to be read in parts, and returns its ID. */
  start(sql: string, deadline: Deadline): Promise<string>;
  /**
   * Reads the answer of a query from a byte offset, while the reader wants rows.
   * @param at 0, or the end of a row
   */
  readFrom(id: string, at: number, deadline: Deadline, onRow: RowReader): Promise<EngineAnswer>;
}

/**
 * Takes a row, and returns whether it wants the next one.
 * @param end the byte offset after the row
 */
export type RowReader = (row: AnswerRow, end: number) => boolean;

const callMilliseconds = 5000;
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 1000;
/** Maximum rows that one call can read and add up in time. */
const maximumAnswerRows = 1_000_000;

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
      // A repeated call after a lost answer gets the same query.
      ClientRequestToken: randomUUID(),
    });
    const { QueryExecutionId: id } = await storageCall('starting a report', () =>
      athena.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    if (id === undefined) throw new Error('Athena returned no query ID');
    return id;
  }

  async function find(id: string, deadline: Deadline): Promise<QueryExecution | undefined> {
    try {
      const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
      const answer = await athena.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) });
      // A query of another workgroup belongs to another stage, or to none.
      return answer.QueryExecution?.WorkGroup === workGroup ? answer.QueryExecution : undefined;
    } catch (error) {
      if (error instanceof InvalidRequestException) return undefined;
      throw new StorageFailure('looking for a report', error);
    }
  }

  /** Waits for a query, and reads its answer if it has one. */
  async function finish(
    id: string,
    deadline: Deadline,
    readAt: (key: string) => Promise<EngineAnswer>,
  ): Promise<EngineAnswer> {
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 1.5, longestPauseMilliseconds)) {
      const execution = await find(id, deadline);
      if (execution === undefined) return { state: 'unknown' };
      const { State: state, StateChangeReason: reason = 'no reason given' } = execution.Status ?? {};
      if (state === 'SUCCEEDED') return readAt(keyOf(execution.ResultConfiguration?.OutputLocation ?? ''));
      if (state === 'FAILED' || state === 'CANCELLED') {
        if (/bytes scanned limit/i.test(reason)) return { state: 'too-large' };
        throw new StorageFailure('computing a report', new Error(reason));
      }
      if (deadline.remaining() <= pause) return { state: 'running', id };
      await delay(pause);
    }
  }

  function keyOf(location: string): string {
    if (location.startsWith(`s3://${bucket}/`)) return location.slice(`s3://${bucket}/`.length);
    throw new StorageFailure('reading a report', new Error(`its rows are in ${location}`));
  }

  function read(key: string, at: number, onRow: RowReader): Promise<boolean> {
    return storageCall('reading a report', async () => {
      const range = at === 0 ? {} : { Range: `bytes=${at}-` };
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }));
      if (!(body instanceof Readable)) throw new Error(`${key} is not a stream`);
      return readAnswer(body, onRow, at);
    });
  }

  function resume(id: string, deadline: Deadline, onRow: (row: AnswerRow) => void): Promise<EngineAnswer> {
    let rows = 0;
    const isWanted: RowReader = (row) => {
      if (++rows > maximumAnswerRows) return false;
      onRow(row);
      return true;
    };
    return finish(id, deadline, async (key) => ({
      state: (await read(key, 0, isWanted)) ? 'done' : 'too-large',
    }));
  }

  return {
    base: `s3://${bucket}/`,
    resume,
    start,
    readFrom: (id, at, deadline, onRow) =>
      finish(id, deadline, async (key) => {
        await read(key, at, onRow);
        return { state: 'done' };
      }),
    ask: async (sql, deadline, onRow) => resume(await start(sql, deadline), deadline, onRow),
  };
}

/**
 * Reads the CSV of Athena: every value in quotes, and NULL as nothing, so that an empty text differs.
 * @param at the byte offset of the stream's beginning; the first line of the file names the columns
 * @returns whether it was read to its end
 */
export async function readAnswer(file: Readable, onRow: RowReader, at = 0): Promise<boolean> {
  const parser = parse({
    fromLine: at === 0 ? 2 : 1,
    info: true,
    cast: (value, { quoting }) => (quoting || value !== '' ? value : null),
  });
  const flow = pipeline(file, parser);
  // After an early end the rest of the file fails; the caller checks that where it matters.
  flow.catch(() => undefined);
  for await (const read of parser) {
    const { row, bytes } = parsedRow(read);
    if (!onRow(row, at + bytes)) return false;
  }
  await flow;
  return true;
}

/** A row, and the number of bytes up to its end. */
function parsedRow(read: unknown): { readonly row: AnswerRow; readonly bytes: number } {
  const isRow = typeof read === 'object' && read !== null && 'record' in read && 'info' in read;
  if (!isRow || !Array.isArray(read.record)) throw new Error('a row of an answer is not a list');
  const { info } = read;
  const bytes = typeof info === 'object' && info !== null && 'bytes' in info ? Number(info.bytes) : NaN;
  return { row: read.record.map((value: unknown) => (typeof value === 'string' ? value : null)), bytes };
}
