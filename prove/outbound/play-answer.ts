import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SinkAnswer, SinkTrouble } from './sink-scripts';

const chunk = Buffer.alloc(256 * 1024, 'x');
const floodBytes = 1024 ** 3;
const bombBytes = 50 * 1024 ** 2;
let bomb: Buffer | undefined;

/** Sends an answer over HTTP, with its trouble. */
export function playAnswer(answer: SinkAnswer, response: ServerResponse): void {
  if (answer.trouble !== undefined && answer.trouble !== 'flood') return troubles[answer.trouble](response);
  if ('failure' in answer) throw new Error(`${answer.failure} cannot be played`);
  const { httpStatus, text, retryAfter, location } = answer;
  response.writeHead(httpStatus, {
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    ...(location !== undefined && { location }),
  });
  if (answer.trouble === 'flood') flood(text, response);
  else response.end(text);
}

const troubles: Readonly<Record<Exclude<SinkTrouble, 'flood'>, (response: ServerResponse) => void>> = {
  hang: () => undefined,
  reset: ({ socket }) => void socket?.resetAndDestroy(),
  /** Sends the head immediately, and then a byte per second. */
  drip(response) {
    response.writeHead(200, { 'content-length': '1000' });
    const timer = setInterval(() => response.write('x'), 1000);
    response.once('close', () => clearInterval(timer));
    response.flushHeaders();
  },
  bomb(response) {
    bomb ??= gzipSync(Buffer.alloc(bombBytes));
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  },
};

/** Sends a text, and more after it while the client reads. */
function flood(text: string, response: ServerResponse): void {
  let sent = 0;
  response.write(text);
  const more = (): void => {
    while (!response.destroyed && sent < floodBytes) {
      sent += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}
