import type { JsonObject } from '../json';
import type { ResultColumn } from './engine';
import type { FunctionModel, WorkGroupModel } from '../template/model';

export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query since its submission. Times are in Unix milliseconds. */
export interface QueryExecution {
  readonly id: string;
  readonly query: string;
  readonly workGroup: WorkGroupModel;
  readonly database: string;
  /** `s3://bucket/prefix/<id>.csv` */
  readonly outputLocation: string;
  /** The caller whose permissions it reads and writes with. */
  readonly caller: FunctionModel;
  readonly submittedAt: number;
  state: QueryState;
  reason?: string;
  startedAt?: number;
  completedAt?: number;
  scannedBytes: number;
  /** Size of its result. */
  columns?: readonly ResultColumn[];
  /** Cancels the query in the engine while it runs. */
  interrupt?: () => void;
}

export function hasEnded({ state }: QueryExecution): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
export function describeExecution(execution: QueryExecution): JsonObject {
  const { id, query, workGroup, database, outputLocation, submittedAt, startedAt, completedAt, state, reason } =
    execution;
  const end = completedAt ?? Date.now();
  return {
    QueryExecutionId: id,
    Query: query,
    StatementType: 'DML',
    SubstatementType: 'SELECT',
    ResultConfiguration: { OutputLocation: outputLocation },
    QueryExecutionContext: { Database: database, Catalog: 'awsdatacatalog' },
    Status: {
      State: state,
      ...(reason === undefined ? {} : { StateChangeReason: reason }),
      SubmissionDateTime: submittedAt / 1000,
      ...(completedAt === undefined ? {} : { CompletionDateTime: completedAt / 1000 }),
    },
    Statistics: {
      DataScannedInBytes: execution.scannedBytes,
      EngineExecutionTimeInMillis: startedAt === undefined ? 0 : end - startedAt,
      QueryQueueTimeInMillis: (startedAt ?? end) - submittedAt,
      TotalExecutionTimeInMillis: end - submittedAt,
    },
    WorkGroup: workGroup.name,
    EngineVersion: {
      SelectedEngineVersion: 'Athena engine version 3',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
  };
}
