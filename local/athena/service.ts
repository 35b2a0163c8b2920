import { randomUUID } from 'node:crypto';
import { bucketArn } from '../s3/arn';
import type { ObjectStore } from '../s3/object-store';
import { isObject, type JsonObject, objectOrEmpty, stringOrUndefined } from '../json';
import type { FunctionModel, StackModel } from '../template/model';
import { serviceError, jsonAnswer } from '../wire/answers';
import type { WireAnswer } from '../wire/message';
import type { JsonRequest } from '../wire/request';
import type { Need } from '../wire/message';
import { describeExecution, hasEnded, type QueryExecution } from './execution';
import { readResultPage } from './result-page';
import { end, runQuery } from './run-query';

/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const queryLimitBytes = 262_144;
/** Athena queues queries as well; more in parallel would slow down each one here. */
const queriesAtOnce = 2;
/** Athena keeps executions for 45 days. */
const rememberedExecutions = 1000;

/** The operations of Athena that functions use. Queries run in DuckDB over the objects of buckets. */
export class Athena {
  private readonly executions = new Map<string, QueryExecution>();
  /** The query that each request token started. */
  private readonly started = new Map<string, QueryExecution>();
  private readonly waiting: QueryExecution[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly store: ObjectStore,
    private readonly stack: StackModel,
  ) {}

  /**
   * Permissions that IAM must grant: the operation on the workgroup, which only this service knows for a query, and the result to be
   * read.
   */
  needsOf({ operation, input }: JsonRequest): readonly Need[] {
    const execution = this.executions.get(stringOrUndefined(input['QueryExecutionId']) ?? '');
    const asked = stringOrUndefined(input['WorkGroup']) ?? 'primary';
    const group = execution?.workGroup ?? this.stack.workGroups.find(({ name }) => name === asked);
    if (group === undefined) return [];
    const needs = [{ action: `athena:${operation}`, resourceArn: group.arn }];
    if (operation !== 'GetQueryResults' || execution === undefined) return needs;
    const object = execution.outputLocation.replace('s3://', bucketArn(''));
    return [...needs, { action: 's3:GetObject', resourceArn: object }];
  }

  answer({ operation, input }: JsonRequest, caller: FunctionModel): WireAnswer {
    switch (operation) {
      case 'StartQueryExecution':
        return this.begin(input, caller);
      case 'GetQueryExecution':
        return this.withExecution(input, (execution) => success({ QueryExecution: describeExecution(execution) }));
      case 'GetQueryResults':
        return this.withExecution(input, (execution) => this.results(execution, input));
      case 'StopQueryExecution':
        return this.withExecution(input, (execution) => {
          end(execution, 'CANCELLED', 'Query cancelled by user');
          execution.interrupt?.();
          return success({});
        });
      default:
        return serviceError(
          'athena',
          400,
          'UnknownOperationException',
          `The local stack does not serve ${operation} of Athena.`,
        );
    }
  }

  /** Cancels running queries and waits until all have ended. */
  async stop(): Promise<void> {
    for (const execution of this.executions.values()) {
      end(execution, 'CANCELLED', 'The local stack was stopped');
      execution.interrupt?.();
    }
    await Promise.all(this.running);
  }

  private begin(input: JsonObject, caller: FunctionModel): WireAnswer {
    const query = stringOrUndefined(input['QueryString']) ?? '';
    const token = stringOrUndefined(input['ClientRequestToken']);
    const made = this.make(query, input, caller);
    if (typeof made === 'string') return invalid(made);
    const earlier = token === undefined ? undefined : this.started.get(token);
    if (earlier !== undefined) {
      const isSame =
        earlier.query === query && earlier.workGroup === made.workGroup && earlier.database === made.database;
      return isSame ? success({ QueryExecutionId: earlier.id }) : invalid('Idempotent parameters do not match');
    }
    this.executions.set(made.id, made);
    if (token !== undefined) this.started.set(token, made);
    for (const memory of [this.executions, this.started]) {
      for (const [id, { state }] of memory) {
        if (memory.size <= rememberedExecutions || state === 'QUEUED' || state === 'RUNNING') break;
        memory.delete(id);
      }
    }
    this.waiting.push(made);
    this.runNext();
    return success({ QueryExecutionId: made.id });
  }

  private make(query: string, input: JsonObject, caller: FunctionModel): QueryExecution | string {
    if (query.trim() === '') return 'QueryString is empty.';
    if (Buffer.byteLength(query) > queryLimitBytes) {
      return `Value at 'queryString' failed to satisfy constraint: Member must have length less than or equal to ${queryLimitBytes}`;
    }
    const name = stringOrUndefined(input['WorkGroup']) ?? 'primary';
    const workGroup = this.stack.workGroups.find((group) => group.name === name);
    if (workGroup === undefined) return `WorkGroup ${name} is not found.`;
    if (!workGroup.isEnabled) return `WorkGroup ${name} is disabled.`;
    const own = stringOrUndefined(objectOrEmpty(input['ResultConfiguration'])['OutputLocation']);
    const location = workGroup.enforces ? workGroup.outputLocation : (own ?? workGroup.outputLocation);
    if (location === undefined)
      return 'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.';
    if (!/^s3:\/\/[^/]+\//.test(location)) return `outputLocation is not a valid S3 path: ${location}`;
    for (const unserved of ['ExecutionParameters', 'ResultReuseConfiguration']) {
      if (input[unserved] !== undefined) return `The local stack does not serve ${unserved} of Athena.`;
    }
    const id = randomUUID();
    return {
      id,
      query,
      workGroup,
      database: stringOrUndefined(objectOrEmpty(input['QueryExecutionContext'])['Database']) ?? 'default',
      outputLocation: `${location.replace(/\/*$/, '/')}${id}.csv`,
      caller,
      submittedAt: Date.now(),
      state: 'QUEUED',
      scannedBytes: 0,
    };
  }

  private runNext(): void {
    if (this.running.size >= queriesAtOnce) return;
    const next = this.waiting.shift();
    if (next === undefined) return;
    // The caller gets its answer first: the first state of a query is QUEUED.
    const run = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => runQuery(next, this.store, this.stack))
      .finally(() => {
        this.running.delete(run);
        this.runNext();
      });
    this.running.add(run);
  }

  private withExecution(input: JsonObject, use: (execution: QueryExecution) => WireAnswer): WireAnswer {
    const id = stringOrUndefined(input['QueryExecutionId']) ?? '';
    const execution = this.executions.get(id);
    return execution === undefined ? invalid(`QueryExecution ${id} was not found`) : use(execution);
  }

  private results(execution: QueryExecution, input: JsonObject): WireAnswer {
    if (!hasEnded(execution)) return invalid(`Query has not yet finished. Current state: ${execution.state}`);
    if (execution.state !== 'SUCCEEDED')
      return invalid(`Query did not finish successfully. Final query state: ${execution.state}`);
    const page = readResultPage(execution, input, this.store);
    return isObject(page) ? success(page) : invalid(page);
  }
}

const success = (body: JsonObject): WireAnswer => jsonAnswer('athena', 200, body);
const invalid = (message: string): WireAnswer => serviceError('athena', 400, 'InvalidRequestException', message);
