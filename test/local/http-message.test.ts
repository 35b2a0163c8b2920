import * as fc from 'fast-check';
import { HttpMessageReader } from '../../local/http-message';

interface Read {
  readonly startLine: string;
  readonly body: string | undefined;
}

function read(chunks: readonly Buffer[], limitBytes?: number): Read[] {
  const messages: Read[] = [];
  const reader = new HttpMessageReader(
    ({ startLine, body }) => messages.push({ startLine, body: body?.toString() }),
    limitBytes,
  );
  for (const chunk of chunks) reader.take(chunk);
  return messages;
}

const messageOf = (body: string): string =>
  `POST /x HTTP/1.1\r\nhost: here\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

test('messages are read whole, wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(2000), { maxLength: 8 }),
      (bodies, places) => {
        const chunks = cut(Buffer.from(bodies.map(messageOf).join('')), places);
        expect(read(chunks)).toEqual(bodies.map((body) => ({ startLine: 'POST /x HTTP/1.1', body })));
      },
    ),
    { seed: 20 },
  );
});

test('a body beyond the limit is omitted, wherever it is cut, and the next message is read', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 8 }), (places) => {
      const bytes = Buffer.from(messageOf('x'.repeat(101)) + messageOf('x'.repeat(100)));
      expect(read(cut(bytes, places), 100).map(({ body }) => body?.length)).toEqual([undefined, 100]);
    }),
    { seed: 20 },
  );
});

test('a message without a length has no body', () => {
  expect(read([Buffer.from('GET /next HTTP/1.1\r\nhost: here\r\n\r\n')])).toEqual([
    { startLine: 'GET /next HTTP/1.1', body: '' },
  ]);
});

test.each([
  ['in chunks of unknown number', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['whose headers never end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`],
])('a message %s ends the reading', (_what, text) => {
  expect(() => read([Buffer.from(text)])).toThrow('a message');
});
