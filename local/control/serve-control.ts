import type { IncomingMessage, ServerResponse } from 'node:http';
import { foreignCallerOf, readRequestBody } from '../../console/server/loopback';
import { clockAhead, moveClock } from '../clock';
import { parseJson } from '../json';
import type { StreamPollers } from '../event-source/stream-pollers';
import type { FunctionPool } from '../lambda/function-pool';
import type { FunctionOutput } from '../lambda/output';
import type { Schedules } from '../schedule/schedules';
import type { SqsServer } from '../sqs/server';
import type { QueueModel, StackModel } from '../template/model';
import { type FaultTable, readFaultRules } from '../wire/faults';
import type { OperationCounter } from '../wire/operations';
import { shopHeaders, shopPage, shopPath } from './demo-shop';

export interface ControlParts {
  readonly stack: StackModel;
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly faults: FaultTable;
  readonly operations: OperationCounter;
  readonly metrics: Pick<FunctionOutput, 'since' | 'resumedAt'>;
  readonly sqs: SqsServer;
  readonly streams: StreamPollers;
  readonly schedules: Schedules;
  /** True after start-up, demo data included, until the stack stops. */
  isReady(): boolean;
}

interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A text that is sent unchanged. */
interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const prefix = '/_local/';
const bodyLimitBytes = 1024 * 1024;

export function isControlRequest(request: IncomingMessage): boolean {
  return request.url?.startsWith(prefix) ?? false;
}

/** The runner's routes for tests and developers to read and change its state. They serve programs on this machine only. */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  parts: ControlParts,
): Promise<void> {
  const answered = await answer(request, parts);
  const [status, text, headers] =
    'html' in answered
      ? [200, answered.html, answered.headers]
      : [answered.status, `${JSON.stringify(answered.body)}\n`, { 'content-type': 'application/json' }];
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

async function answer(request: IncomingMessage, parts: ControlParts): Promise<ControlAnswer | Page> {
  const foreign = foreignCallerOf(request);
  if (foreign !== undefined) return { status: 403, body: foreign };
  const url = new URL(request.url ?? '/', 'http://localhost');
  const body = await readRequestBody(request, bodyLimitBytes);
  switch (`${request.method ?? ''} ${url.pathname.slice(prefix.length)}`) {
    case `GET ${shopPath.slice(prefix.length)}`:
      return {
        html: shopPage(url.searchParams.get('sub') ?? undefined, url.searchParams.get('ask') === 'token'),
        headers: shopHeaders,
      };
    case 'GET health':
      return health(parts);
    case 'GET operations':
      return { status: 200, body: { operations: parts.operations.list() } };
    case 'DELETE operations':
      parts.operations.reset();
      return { status: 200, body: { operations: [] } };
    case 'GET faults':
      return { status: 200, body: { faults: parts.faults.list() } };
    case 'POST faults':
      return addFaults(parseJson(body?.toString() ?? ''), parts);
    case 'DELETE faults':
      return removeFaults(url.searchParams.get('id'), parts);
    case 'GET queues':
      return { status: 200, body: { queues: parts.sqs.depths() } };
    case 'GET streams':
      return { status: 200, body: { streams: await parts.streams.backlog() } };
    case 'GET messages':
      return withQueue(url, parts, async (queue) => ({ messages: parts.sqs.messages(queue) }));
    case 'POST messages':
      return withQueue(url, parts, (queue) =>
        parts.sqs.call('SendMessage', { QueueUrl: queue.url, MessageBody: body?.toString() ?? '' }),
      );
    case 'GET schedules':
      return { status: 200, body: { schedules: parts.schedules.list() } };
    case 'POST schedules':
      return runSchedule(url, parts);
    case 'POST clock':
      return forwardClock(url.searchParams.get('forward'));
    case 'GET metrics':
      return {
        status: 200,
        body: {
          metrics: parts.metrics.since(Number(url.searchParams.get('since') ?? 0) || 0),
          resumedAt: parts.metrics.resumedAt,
        },
      };
    default:
      return { status: 404, body: { message: 'Not Found' } };
  }
}

function health({ stack, pools, isReady }: ControlParts): ControlAnswer {
  const ready = isReady();
  const names = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);
  return {
    status: ready ? 200 : 503,
    body: {
      ready,
      stack: stack.stackName,
      functions: stack.functions.map(({ label, logicalId }) => ({
        function: label,
        environments: pools.get(logicalId)?.environmentCount ?? 0,
        processIds: pools.get(logicalId)?.processIds ?? [],
      })),
      routes: stack.api?.routes.map(({ routeKey }) => routeKey) ?? [],
      tables: stack.tables.map(({ label, name }) => ({ table: label, name })),
      queues: stack.queues.map(({ label, name, url }) => ({ queue: label, name, url })),
      secrets: names(stack.secrets),
      buckets: stack.buckets.map(({ label, name }) => ({ bucket: label, name })),
      eventSources: names([...stack.eventSources, ...stack.streamSources]),
      schedules: names(stack.schedules),
    },
  };
}

/** Serves the queue of `?queue=`, by short name, logical ID or physical name. */
async function withQueue(
  url: URL,
  { stack }: ControlParts,
  run: (queue: QueueModel) => Promise<unknown>,
): Promise<ControlAnswer> {
  const asked = url.searchParams.get('queue') ?? '';
  const queue = stack.queues.find(({ label, logicalId, name }) => [label, logicalId, name].includes(asked));
  if (queue === undefined) return { status: 404, body: { message: `There is no queue "${asked}".` } };
  return { status: 200, body: await run(queue) };
}

/** Runs the schedule of `?schedule=`, now or as if due at `&time=`, and responds after its function has ended. */
async function runSchedule(url: URL, { schedules }: ControlParts): Promise<ControlAnswer> {
  const asked = url.searchParams.get('schedule') ?? '';
  const found = schedules.find(asked);
  if (found === undefined) return { status: 404, body: { message: `There is no schedule "${asked}".` } };
  const time = url.searchParams.get('time');
  const at = time === null ? new Date() : new Date(time);
  if (Number.isNaN(at.getTime())) return { status: 400, body: { message: `"${time}" is not a time.` } };
  const delivery = await schedules.run(found, at);
  return { status: delivery.failed ? 500 : 200, body: delivery };
}

/** Moves the stack's time forward by `?forward=` seconds, so that waits of hours or days can be tested. */
function forwardClock(seconds: string | null): ControlAnswer {
  if (!/^\d{1,9}$/.test(seconds ?? '')) return { status: 400, body: { message: '"forward" is a number of seconds.' } };
  moveClock(Number(seconds) * 1000);
  return { status: 200, body: { ahead: clockAhead() / 1000, now: new Date().toISOString() } };
}

function addFaults(given: unknown, { faults }: ControlParts): ControlAnswer {
  const rules = given === undefined ? 'the body is not JSON' : readFaultRules(given);
  if (typeof rules === 'string') return { status: 400, body: { message: `Nothing was set: ${rules}.` } };
  return { status: 200, body: { faults: rules.map((rule) => faults.add(rule)) } };
}

function removeFaults(id: string | null, { faults }: ControlParts): ControlAnswer {
  return { status: 200, body: { removed: faults.remove(id === null ? undefined : Number(id)) } };
}
