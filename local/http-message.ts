/** One HTTP/1.1 message, request or answer. */
export interface HttpMessage {
  /** `GET /path HTTP/1.1`, or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  /** Start line and headers, as received. */
  readonly head: string;
  /** `undefined` for a body over the limit; later messages are still read. */
  readonly body: Buffer | undefined;
}

const endOfHead = Buffer.from('\r\n\r\n');
const headLimitBytes = 64 * 1024;

/**
 * Splits a stream into HTTP/1.1 messages, for the two internal connections that carry every request: to a function, and to dynoxide. Both
 * state the length of each body, so that a hundredth of `node:http` is enough.
 */
export class HttpMessageReader {
  private unread: Buffer = Buffer.alloc(0);
  private head: { readonly text: string; readonly bodyLength: number } | undefined;
  /** Bytes of an oversized body that are still to come. */
  private toSkip = 0;

  constructor(
    private readonly onMessage: (message: HttpMessage) => void,
    private readonly bodyLimitBytes = Infinity,
  ) {}

  /** Reads received bytes. Throws on malformed input: the connection is then unusable. */
  take(chunk: Buffer): void {
    this.unread = this.unread.length === 0 ? chunk : Buffer.concat([this.unread, chunk]);
    while (this.takeOne());
  }

  private takeOne(): boolean {
    if (this.toSkip > 0) return this.skip();
    this.head ??= this.takeHead();
    if (this.head === undefined) return false;
    const { text, bodyLength } = this.head;
    if (bodyLength > this.bodyLimitBytes) {
      this.toSkip = bodyLength;
      return true;
    }
    if (this.unread.length < bodyLength) return false;
    this.finish(text, this.unread.subarray(0, bodyLength));
    this.unread = this.unread.subarray(bodyLength);
    return this.unread.length > 0;
  }

  private takeHead(): { text: string; bodyLength: number } | undefined {
    const end = this.unread.indexOf(endOfHead);
    if (end < 0) {
      if (this.unread.length > headLimitBytes) throw new Error('the headers of a message do not end');
      return undefined;
    }
    const text = this.unread.toString('latin1', 0, end);
    this.unread = this.unread.subarray(end + endOfHead.length);
    if (/\r\ntransfer-encoding:/i.test(text)) throw new Error('a message has no content length');
    return { text, bodyLength: Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0) };
  }

  private skip(): boolean {
    const skipped = Math.min(this.toSkip, this.unread.length);
    this.toSkip -= skipped;
    this.unread = this.unread.subarray(skipped);
    if (this.toSkip > 0) return false;
    this.finish(this.head?.text ?? '', undefined);
    return this.unread.length > 0;
  }

  private finish(head: string, body: Buffer | undefined): void {
    this.head = undefined;
    const endOfLine = head.indexOf('\r\n');
    this.onMessage({ startLine: endOfLine < 0 ? head : head.slice(0, endOfLine), head, body });
  }
}
