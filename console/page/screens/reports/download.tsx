import { useState } from 'preact/hooks';
import { askReport } from '../../../../operator/report/ask-report';
import { operatorApi } from '../../api/operator-api';
import type { Query } from '../../api/query';
import { download, fileName } from '../../parts/file';
import { useSession } from '../../state/session';

/** The same question as a file, made by the tracker itself: its numbers are those of the screen. */
export function Download({ query }: { readonly query: Query }) {
  const { data } = useSession();
  const [state, setState] = useState<{ readonly busy?: true; readonly problem?: string }>({});
  const run = async (): Promise<void> => {
    setState({ busy: true });
    try {
      const { text } = await askReport(operatorApi(''), { ...query, limit: 10_000, format: 'csv' });
      const time = (day: string | number | undefined): number => Date.parse(`${String(day)}T00:00:00Z`);
      download(fileName('report', data?.stage ?? 'local', time(query['from']), time(query['to'])), text);
      setState({});
    } catch (error) {
      setState({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      {state.problem !== undefined && <span role="alert">{state.problem}</span>}
      <button type="button" disabled={state.busy === true} onClick={() => void run()}>
        {state.busy === true ? 'Working…' : 'Export CSV'}
      </button>
    </>
  );
}
