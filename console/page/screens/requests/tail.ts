import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogRow } from '../../../../operator/answers';
import { follow } from '../../../../operator/log/follow';
import { operatorApi } from '../../api/operator-api';
import type { Query } from '../../api/query';
import { mostRows, type Walk } from '../../state/walk';

const everyMilliseconds = 2_000;
const slowMilliseconds = 10_000;
const slowAfterMilliseconds = 5 * 60_000;
const stopAfterMilliseconds = 30 * 60_000;

export interface Tail {
  readonly rows: readonly LogRow[];
  /** New rows that are held back, since the reader has scrolled away. */
  readonly waiting: number;
  readonly note?: string | undefined;
  show(): void;
}

/**
 * Rows of a walk, with what came since at the top. Nothing moves under a reader who has scrolled: new rows then wait, are counted, and
 * come when asked for. A hidden tab asks nothing; one without input asks seldom, and after half an hour no more.
 */
export function useTail(on: boolean, key: string, filter: Query, walk: Walk<LogRow>): Tail {
  const [fresh, setFresh] = useState<readonly LogRow[]>([]);
  const [held, setHeld] = useState<readonly LogRow[]>([]);
  const [note, setNote] = useState<string>();
  const lastInput = useRef(Date.now());

  useEffect(() => {
    setFresh([]);
    setHeld([]);
    setNote(undefined);
  }, [key]);

  useEffect(() => {
    if (!on) return undefined;
    lastInput.current = Date.now();
    const abort = new AbortController();
    const following = follow(
      operatorApi('', abort.signal),
      filter,
      new Date(Date.now() - everyMilliseconds).toISOString(),
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      const idle = Date.now() - lastInput.current;
      if (idle > stopAfterMilliseconds)
        return setNote('Stopped after 30 minutes without input. Press Live twice to go on.');
      if (document.visibilityState === 'visible') {
        try {
          const rows = [...(await following.next())].reverse();
          if (abort.signal.aborted) return;
          setNote(undefined);
          if (rows.length > 0) (isAtTop() ? setFresh : setHeld)((before) => joined(rows, before));
        } catch (error) {
          if (abort.signal.aborted) return;
          setNote(`Could not look for new requests: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      timer = setTimeout(() => void turn(), idle > slowAfterMilliseconds ? slowMilliseconds : everyMilliseconds);
    };
    const input = (): void => {
      lastInput.current = Date.now();
    };
    const events = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const event of events) addEventListener(event, input, { passive: true });
    void turn();
    return () => {
      abort.abort();
      clearTimeout(timer);
      for (const event of events) removeEventListener(event, input);
    };
  }, [on, key]);

  const show = (): void => {
    setFresh((before) => joined(held, before));
    setHeld([]);
    scrollTo({ top: 0 });
  };
  const rows = joined(fresh, walk.rows).slice(0, mostRows);
  const shown = new Set(rows.map(stateOf));
  return { rows, waiting: held.filter((row) => !shown.has(stateOf(row))).length, note, show };
}

const isAtTop = (): boolean => scrollY < 40;

const stateOf = ({ requestId, reason, attempts }: LogRow): string => `${requestId} ${reason} ${attempts}`;

/** Newer rows before older ones; one that was judged again replaces its former self. */
function joined(newer: readonly LogRow[], older: readonly LogRow[]): readonly LogRow[] {
  if (newer.length === 0) return older;
  const latest = new Map(newer.map((row) => [row.requestId, row]));
  const known = new Set(older.map(({ requestId }) => requestId));
  return [
    ...newer.filter(({ requestId }) => !known.has(requestId)),
    ...older.map((row) => latest.get(row.requestId) ?? row),
  ];
}
