// Calls the handler of a bundle with events, one after the other, and sends back what each took of a core and what it answered.
// node call-handler.mjs BUNDLE, with an IPC channel: { events, clicks } comes, { calls, clicks } goes. Writes are taken in this process and
// clicks are read from `clicks`, so that the SDK is measured and no socket is; what is read once and kept comes from the running stack.
import { EventEmitter, once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const http = process.getBuiltinModule('node:http');
const clicks = new Map();
const putClicks = [];
const clicksTable = JSON.stringify(process.env.CLICKS_TABLE);
const writes = ['PutItem', 'UpdateItem', 'TransactWriteItems'];

/** Answers a known request to DynamoDB as text: the time of the stand-in is part of the measurement. */
function answerTo(operation, text) {
  if (writes.includes(operation)) {
    if (text.includes(clicksTable)) putClicks.push(text);
    return '{}';
  }
  if (operation !== 'GetItem' || !text.includes(clicksTable)) return undefined;
  return JSON.stringify({ Item: clicks.get(JSON.parse(text).Key.clickId.S) });
}

class StubbedRequest extends EventEmitter {
  constructor(options, onResponse) {
    super();
    this.options = options;
    this.on('response', onResponse);
  }

  setTimeout() {
    return this;
  }

  end(body) {
    const [, operation] = (this.options.headers['x-amz-target'] ?? '').split('.');
    const answer = answerTo(operation, String(body));
    if (answer === undefined) this.pass(body);
    else setImmediate(() => this.emit('response', responseOf(answer)));
  }

  pass(body) {
    const request = realRequest(this.options);
    for (const event of ['socket', 'response', 'error']) request.on(event, (value) => this.emit(event, value));
    request.end(body);
  }

  destroy() {}
}

function responseOf(body) {
  const bytes = Buffer.from(body);
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'content-length': String(bytes.length) };
  return Object.assign(Readable.from([bytes], { objectMode: false }), {
    statusCode: 200,
    statusMessage: 'OK',
    headers,
  });
}

const realRequest = http.request;
http.request = (options, onResponse) => new StubbedRequest(options, onResponse);
syncBuiltinESMExports();

const [, , bundle] = process.argv;
const { handler } = await import(pathToFileURL(bundle).href);
const context = { getRemainingTimeInMillis: () => 10_000 };
const message = once(process, 'message');
process.send('ready');
const [given] = await message;
for (const [id, item] of given.clicks) clicks.set(id, item);
const calls = [];
for (const event of given.events) {
  const before = process.cpuUsage();
  const result = await handler(event, context);
  const { user, system } = process.cpuUsage(before);
  calls.push({ milliseconds: (user + system) / 1000, result });
}
for (const text of putClicks) {
  const { Item } = JSON.parse(text);
  if (Item !== undefined) clicks.set(Item.clickId.S, Item);
}
process.send({ calls, clicks: [...clicks] }, () => process.exit());
