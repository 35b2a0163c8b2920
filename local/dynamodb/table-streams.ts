import type { DynamoDbClient } from './client';
import { type ChangeRecord, openTableStream, pageSize, type StreamCursor, type TableStream } from './table-stream';

/** Pages that are kept for slower readers. */
const pagesKept = 3;

/** The streams of tables. All readers of one table share its pages: a change is fetched and parsed once. */
export class TableStreams {
  private readonly opened = new Map<string, Promise<TableStream>>();

  constructor(private readonly client: DynamoDbClient) {}

  /** Opens the stream of a table. Rejects like `openTableStream`. */
  of(tableName: string): Promise<TableStream> {
    const known = this.opened.get(tableName);
    if (known !== undefined) return known;
    const opening = openTableStream(this.client, tableName).then(shareReading);
    this.opened.set(tableName, opening);
    return opening;
  }
}

/** The same stream with cursors that share the newest pages. */
export function shareReading(stream: TableStream): TableStream {
  const newest = new NewestChanges(stream);
  return { label: stream.label, from: (after) => new SharedCursor(stream, newest, after) };
}

/** The newest pages of the stream, without a gap. */
class NewestChanges {
  private changes: readonly ChangeRecord[] = [];
  /** The sequence number after which `changes` begin; `undefined` before the first reader. */
  private begin: bigint | undefined;
  private cursor: StreamCursor | undefined;
  private reading: Promise<number> | undefined;

  constructor(private readonly stream: TableStream) {}

  reachesBackTo(after: bigint): boolean {
    this.begin ??= after;
    return after >= this.begin;
  }

  /** Returns the next page after a sequence number; fetches it where no page is cached. */
  async pageAfter(after: bigint): Promise<readonly ChangeRecord[]> {
    let page = this.knownAfter(after);
    let isMore = true;
    while (page.length === 0 && isMore) {
      isMore = (await (this.reading ??= this.readOn())) === pageSize;
      page = this.knownAfter(after);
    }
    return page;
  }

  private knownAfter(after: bigint): readonly ChangeRecord[] {
    const from = this.changes.findLastIndex(({ sequence }) => sequence <= after) + 1;
    return this.changes.slice(from, from + pageSize);
  }

  private async readOn(): Promise<number> {
    try {
      this.cursor ??= this.stream.from(this.begin ?? 0n);
      const page = await this.cursor.next();
      const all = [...this.changes, ...page];
      const dropped = Math.max(0, all.length - pagesKept * pageSize);
      this.begin = all[dropped - 1]?.sequence ?? this.begin;
      this.changes = all.slice(dropped);
      return page.length;
    } finally {
      this.reading = undefined;
    }
  }
}

/** Fetches separately until it reaches the shared pages. */
class SharedCursor implements StreamCursor {
  private own: StreamCursor | undefined;

  constructor(
    private readonly stream: TableStream,
    private readonly newest: NewestChanges,
    private after: bigint,
  ) {}

  async next(): Promise<readonly ChangeRecord[]> {
    const isShared = this.newest.reachesBackTo(this.after);
    if (isShared) this.own = undefined;
    else this.own ??= this.stream.from(this.after);
    const page = await (this.own === undefined ? this.newest.pageAfter(this.after) : this.own.next());
    this.after = page.at(-1)?.sequence ?? this.after;
    return page;
  }
}
