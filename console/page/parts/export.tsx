import { useState } from 'preact/hooks';
import type * as v from 'valibot';
import { operatorApi } from '../api/operator-api';
import type { Query } from '../api/query';
import { useSession } from '../state/session';
import type { Stretch } from '../state/stretch';
import { download, fileName } from './file';
import { countText } from './format';

/** A list of the whole period as a file, read page by page, with what has come so far and a way to stop. */
export function Export<Row>({
  list,
  item,
  query,
  period,
  textOf,
}: {
  /** The list of the admin API, which names the file as well. */
  readonly list: string;
  readonly item: v.GenericSchema<unknown, Row>;
  readonly query: Query;
  readonly period: () => Stretch;
  readonly textOf: (rows: readonly Row[]) => string;
}) {
  const { data } = useSession();
  const [state, setState] = useState<{ readonly rows: number; readonly abort: AbortController } | undefined>();
  const [problem, setProblem] = useState<string>();
  const run = async (): Promise<void> => {
    const { since, until } = period();
    const abort = new AbortController();
    setProblem(undefined);
    setState({ rows: 0, abort });
    const rows: Row[] = [];
    try {
      const asked = {
        ...query,
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        limit: 200,
      };
      for await (const page of operatorApi('', abort.signal).pages([list], item, asked)) {
        rows.push(...page);
        setState({ rows: rows.length, abort });
      }
      download(fileName(list, data?.stage ?? 'local', since, until), textOf(rows));
    } catch (error) {
      if (!abort.signal.aborted)
        setProblem(`No file was written: ${error instanceof Error ? error.message : String(error)}`);
    }
    setState(undefined);
  };
  if (state !== undefined) {
    return (
      <span role="status">
        {countText(state.rows)} read{' '}
        <button type="button" onClick={() => state.abort.abort()}>
          Stop
        </button>
      </span>
    );
  }
  return (
    <>
      {problem !== undefined && <span role="alert">{problem}</span>}
      <button type="button" onClick={() => void run()}>
        Export CSV
      </button>
    </>
  );
}
