import { useEffect, useRef, useState } from 'preact/hooks';
import type * as v from 'valibot';
import { ask, type Path } from '../api/client';
import { type Query } from '../api/query';
import { pageOf } from '../api/answers';
import type { Stretch } from './stretch';

export interface Walk<Row> {
  readonly rows: readonly Row[];
  /** The rows are of the query before: the first page of the new one is on its way. */
  readonly old: boolean;
  readonly looking: boolean;
  readonly done: boolean;
  /** The time back to which the walk has come, in milliseconds since 1970; `undefined` for a walk of one stretch, where it is unknown. */
  readonly lookedBackTo: number | undefined;
  readonly error: Error | null;
  readonly updatedAt: number;
  more(): void;
  all(): void;
  stop(): void;
  again(): void;
}

const pageRows = 100;
/** More rows make a document slow; an export has the rest. */
export const mostRows = 500;

interface State<Row> {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly looking: boolean;
  readonly done: boolean;
  readonly lookedBackTo: number | undefined;
  readonly error: Error | null;
  readonly updatedAt: number;
}

/**
 * Walks a list of the log from the newest row back, stretch by stretch, until a page is full. It continues on request, and can be stopped.
 * @param key changes where the walk begins again
 */
export function useWalk<Row>(
  key: string,
  path: Path,
  item: v.GenericSchema<unknown, Row>,
  query: Query,
  stretches: () => readonly Stretch[],
): Walk<Row> {
  const [state, setState] = useState<State<Row>>({
    key: '',
    rows: [],
    looking: true,
    done: false,
    lookedBackTo: Date.now(),
    error: null,
    updatedAt: Date.now(),
  });
  const [round, setRound] = useState(0);
  const walk = useRef<Walker<Row> | undefined>(undefined);

  useEffect(() => {
    const own = new Walker<Row>(key, path, item, query, stretches(), setState);
    walk.current = own;
    void own.go(pageRows);
    return () => own.stop();
  }, [key, round]);

  return {
    ...state,
    old: state.key !== key,
    more: () => void walk.current?.go(pageRows),
    all: () => void walk.current?.go(mostRows),
    stop: () => walk.current?.stop(),
    again: () => setRound((count) => count + 1),
  };
}

class Walker<Row> {
  private readonly rows: Row[] = [];
  private cursor: string | undefined;
  private at = 0;
  private abort: AbortController | undefined;

  constructor(
    private readonly key: string,
    private readonly path: Path,
    private readonly item: v.GenericSchema<unknown, Row>,
    private readonly query: Query,
    private readonly stretches: readonly Stretch[],
    private readonly show: (state: State<Row>) => void,
  ) {}

  stop(): void {
    this.abort?.abort();
  }

  async go(count: number): Promise<void> {
    if (this.abort !== undefined && !this.abort.signal.aborted) return;
    const abort = new AbortController();
    this.abort = abort;
    const goal = Math.min(this.rows.length + count, mostRows);
    try {
      while (this.rows.length < goal && this.stretch !== undefined) {
        await this.step(this.stretch, goal - this.rows.length, abort.signal);
        if (this.rows.length < goal && this.stretch !== undefined) this.publish(true);
      }
      this.publish(false);
    } catch (error) {
      if (abort.signal.aborted) {
        if (this.rows.length > 0 || this.at > 0) this.publish(false);
        return;
      }
      this.publish(false, error instanceof Error ? error : new Error(String(error)));
    } finally {
      abort.abort();
    }
  }

  private get stretch(): Stretch | undefined {
    return this.stretches[this.at];
  }

  private async step(stretch: Stretch, wanted: number, signal: AbortSignal): Promise<void> {
    const page = await ask('GET', this.path, pageOf(this.item), {
      signal,
      query: {
        ...this.query,
        since: new Date(stretch.since).toISOString(),
        until: new Date(stretch.until).toISOString(),
        // A cursor belongs to all parameters but this one.
        limit: Math.min(wanted, pageRows),
        cursor: this.cursor,
      },
    });
    this.rows.push(...page.items);
    this.cursor = page.cursor;
    if (page.cursor === undefined) this.at++;
  }

  private publish(looking: boolean, error: Error | null = null): void {
    const passed = this.stretches[this.at - 1];
    const begin = this.stretches[0]?.until ?? Date.now();
    this.show({
      key: this.key,
      rows: [...this.rows],
      looking,
      done: this.stretch === undefined,
      lookedBackTo: this.stretches.length === 1 ? undefined : (passed?.since ?? begin),
      error,
      updatedAt: Date.now(),
    });
  }
}
