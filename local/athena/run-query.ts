import { messageOf } from '../failure';
import type { ObjectStore } from '../s3/object-store';
import type { StackModel } from '../template/model';
import { denialOfReading, denialOfWriting, queriedTables } from './access';
import { openQuery, QueryFailure } from './engine';
import { hasEnded, type QueryExecution, type QueryState } from './execution';
import { relationsOf } from './relations';
import { ResultFile } from './results';

/** Runs a query until it ends and records the outcome in the execution. Never rejects. */
export async function runQuery(execution: QueryExecution, store: ObjectStore, stack: StackModel): Promise<void> {
  if (hasEnded(execution)) return;
  execution.state = 'RUNNING';
  execution.startedAt = Date.now();
  try {
    await ask(execution, store, stack);
    end(execution, 'SUCCEEDED');
  } catch (error) {
    if (error instanceof Cutoff) end(execution, 'CANCELLED', error.message);
    else
      end(
        execution,
        'FAILED',
        error instanceof QueryFailure ? error.message : `GENERIC_INTERNAL_ERROR: ${messageOf(error)}`,
      );
  }
}

const interruptEveryMilliseconds = 20;

class Cutoff extends Error {}

/** The first end counts: a cancelled query stays cancelled. */
export function end(execution: QueryExecution, state: QueryState, reason?: string): void {
  if (hasEnded(execution)) return;
  execution.state = state;
  execution.completedAt = Date.now();
  if (reason !== undefined) execution.reason = reason;
}

async function ask(execution: QueryExecution, store: ObjectStore, stack: StackModel): Promise<void> {
  const { query, database, caller, workGroup, outputLocation } = execution;
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(outputLocation) ?? [];
  if (!store.has(bucket)) throw new QueryFailure(`Unable to verify/create output bucket ${bucket}`);
  const open = await openQuery(query, store);
  let interrupting: NodeJS.Timeout | undefined;
  try {
    const relations = relationsOf(query, open.tableNames, queriedTables(database, stack), store);
    const denial = denialOfReading(database, relations, caller, stack) ?? denialOfWriting(bucket, key, caller, stack);
    if (denial !== undefined) throw new QueryFailure(denial);
    const bytes = relations.flatMap(({ objects }) => objects).reduce((sum, { size }) => sum + size, 0);
    execution.scannedBytes = bytes;
    if (workGroup.cutoffBytes !== undefined && bytes > workGroup.cutoffBytes) {
      throw new Cutoff('Query cancelled! : Bytes scanned limit was exceeded');
    }
    if (hasEnded(execution)) return;
    // Cancels more than once: the engine cannot be interrupted between two steps.
    execution.interrupt = () => {
      open.interrupt();
      interrupting ??= setInterval(() => open.interrupt(), interruptEveryMilliseconds);
    };
    const result = new ResultFile();
    await open.run(
      relations,
      database,
      (columns) => {
        execution.columns = columns;
        result.begin(columns);
      },
      (rows) => result.add(rows),
    );
    if (!hasEnded(execution)) store.put(bucket, key, result.toBuffer(), { 'content-type': 'application/octet-stream' });
  } finally {
    clearInterval(interrupting);
    delete execution.interrupt;
    open.close();
  }
}
