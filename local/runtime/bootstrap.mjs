// The runtime client: what AWS puts between the Lambda Runtime API and a handler. It speaks the real API
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), so that AWS's own client could stand in its place.
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The runner holds the other end of stdin: when it dies, however it dies, so does this process.
process.stdin
  .on('close', () => process.exit(0))
  .on('error', () => process.exit(0))
  .resume();

const api = new URL(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/`);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(new URL(path, api), { method, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function describe(error) {
  const isError = error instanceof Error;
  return JSON.stringify({
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? (error.stack ?? '').split('\n') : [],
  });
}

async function loadHandler() {
  const [, file, name] = /^(.*)\.([^.]+)$/.exec(process.env._HANDLER) ?? [];
  const base = join(process.env.LAMBDA_TASK_ROOT, file ?? '');
  const path = ['.mjs', '.js', '.cjs'].map((extension) => base + extension).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`Cannot find module '${file}'`);
  const loaded = await import(pathToFileURL(path).href);
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

/** The runner's clock may be moved (POST /_local/clock): a function has the time of its invocation. */
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
  for (;;) {
    const next = await call('GET', 'invocation/next');
    followClock(next.headers);
    const context = contextOf(next.headers);
    const path = `invocation/${context.awsRequestId}`;
    process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
    let result;
    try {
      result = (await handler(JSON.parse(next.body), context)) ?? null;
    } catch (error) {
      process.stderr.write(
        `${new Date().toISOString()}\t${context.awsRequestId}\tERROR\tInvoke Error\t${describe(error)}\n`,
      );
      await call('POST', `${path}/error`, describe(error));
      continue;
    }
    await call('POST', `${path}/response`, JSON.stringify(result) ?? 'null');
  }
}

// Lambda ends the environment on these; the runner sees the exit and answers the invocation with an error.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    process.stderr.write(`${event}: ${describe(error)}\n`);
    process.exit(1);
  });
}

try {
  await serve(
    await loadHandler().catch(async (error) => {
      process.stderr.write(`init error: ${describe(error)}\n`);
      await call('POST', 'init/error', describe(error));
      process.exit(1);
    }),
  );
} catch {
  // The Runtime API is gone: the runner has ended this environment.
  process.exit(0);
}
