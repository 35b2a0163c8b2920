import { useState } from 'preact/hooks';
import { conversion, type Conversion } from '../../../../operator/answers';
import { conversionsText } from '../../../../operator/conversions/sheet';
import { operatorApi } from '../../api/operator-api';
import type { Query } from '../../api/query';
import { download, fileName } from '../../parts/file';
import { countText } from '../../parts/format';
import { useSession } from '../../state/session';
import type { Stretch } from '../../state/stretch';

/** All of the period, page by page, with what has come so far and a way to stop. */
export function Export({ query, period }: { readonly query: Query; readonly period: () => Stretch }) {
  const { data } = useSession();
  const [state, setState] = useState<{ readonly rows: number; readonly abort: AbortController } | undefined>();
  const [problem, setProblem] = useState<string>();
  const run = async (): Promise<void> => {
    const { since: begin, until: end } = period();
    const abort = new AbortController();
    setProblem(undefined);
    setState({ rows: 0, abort });
    const rows: Conversion[] = [];
    try {
      const asked = { ...query, since: new Date(begin).toISOString(), until: new Date(end).toISOString(), limit: 200 };
      for await (const page of operatorApi('', abort.signal).pages(['conversions'], conversion, asked)) {
        rows.push(...page);
        setState({ rows: rows.length, abort });
      }
      download(fileName('conversions', data?.stage ?? 'local', begin, end), conversionsText(rows, 'csv', true));
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
