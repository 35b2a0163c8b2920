// The runtime client between the Lambda Runtime API and a handler. It uses the real API
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), so that AWS's client could replace it.
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The runner holds the other end of stdin: this process ends with the runner, even after SIGKILL.
process.stdin
  .on('close', () => process.exit(0))
  .on('error', () => process.exit(0))
  .resume();

const base = '/2018-06-01/runtime/';
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
// The runner opens the connection beforehand; runtimes that it did not start use the address.
const connection = process.argv[2] === 'channel' ? new Socket({ fd: 3 }) : connect(Number(port), host);
connection.on('close', () => process.exit(0)).on('error', () => process.exit(0));

/** Pending requests, in their order. */
const waiting = [];
let unread = Buffer.alloc(0);
connection.on('data', (chunk) => {
  unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
  for (;;) {
    const end = unread.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = headersOf(unread.latin1Slice(0, end));
    const bodyEnd = end + 4 + Number(headers['content-length'] ?? 0);
    if (unread.length < bodyEnd) return;
    const body = unread.utf8Slice(end + 4, bodyEnd);
    unread = unread.subarray(bodyEnd);
    waiting.shift()({ headers, body });
  }
});

function headersOf(head) {
  const headers = {};
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

const requestOf = (method, name, body) =>
  `${method} ${base}${name} HTTP/1.1\r\nhost: ${host}:${port}\r\n` +
  (body === undefined
    ? '\r\n'
    : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const answer = () => new Promise((resolve) => waiting.push(resolve));

function next() {
  connection.write(requestOf('GET', 'invocation/next'));
  return answer();
}

/** Sends a result and the next request in one write: responses come in the order of the requests. */
function sendAndNext(name, body) {
  connection.write(requestOf('POST', name, body) + requestOf('GET', 'invocation/next'));
  void answer();
  return answer();
}

function send(name, body) {
  connection.write(requestOf('POST', name, body));
  return answer();
}

function describe(error) {
  const isError = error instanceof Error;
  return JSON.stringify({
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? (error.stack ?? '').split('\n') : [],
  });
}

// An ES module that imports `node:http` reads these, and each loads undici: a third of a function's start-up time.
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  Object.defineProperty(process.getBuiltinModule('node:http'), name, { value: undefined });
}

async function loadHandler() {
  const [, file, name] = /^(.*)\.([^.]+)$/.exec(process.env._HANDLER) ?? [];
  const stem = join(process.env.LAMBDA_TASK_ROOT, file ?? '');
  const path = ['.mjs', '.js', '.cjs'].map((extension) => stem + extension).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`Cannot find module '${file}'`);
  module.enableCompileCache?.();
  const loaded = await import(pathToFileURL(path).href);
  // Saved now: the runner kills processes, which then save no compile cache at their end.
  module.flushCompileCache?.();
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
      name: 'Runtime.HandlerNotFound',
    });
  }
  return handler;
}

const RealDate = Date;
let ahead = 0;

/** The runner's clock may be moved (POST /_local/clock): a function runs at the time of its invocation. */
function followClock(headers) {
  const now = Number(headers['local-clock-ahead-ms'] ?? 0);
  if (now === ahead) return;
  ahead = now;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + ahead] : given));
    }

    static now() {
      return RealDate.now() + ahead;
    }
  };
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function serve(handler) {
  let invocation = await next();
  for (;;) {
    followClock(invocation.headers);
    const context = contextOf(invocation.headers);
    process.env._X_AMZN_TRACE_ID = invocation.headers['lambda-runtime-trace-id'] ?? '';
    const name = `invocation/${context.awsRequestId}`;
    let result;
    try {
      result = (await handler(JSON.parse(invocation.body), context)) ?? null;
    } catch (error) {
      process.stderr.write(
        `${new Date().toISOString()}\t${context.awsRequestId}\tERROR\tInvoke Error\t${describe(error)}\n`,
      );
      invocation = await sendAndNext(`${name}/error`, describe(error));
      continue;
    }
    invocation = await sendAndNext(`${name}/response`, JSON.stringify(result) ?? 'null');
  }
}

// Lambda ends the environment on these; the runner sees the exit and answers the invocation with an error.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    process.stderr.write(`${event}: ${describe(error)}\n`);
    process.exit(1);
  });
}

await serve(
  await loadHandler().catch(async (error) => {
    process.stderr.write(`init error: ${describe(error)}\n`);
    await send('init/error', describe(error));
    process.exit(1);
  }),
);
