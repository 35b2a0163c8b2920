import { logRow, isTaken, type LogRow } from '../../../../operator/answers';
import { pageOf } from '../../api/answers';
import { admin } from '../../api/client';
import { AdviceOf } from '../../parts/advice';
import { Panel } from '../../parts/panel';
import { Foreign, Moment, Result, State } from '../../parts/text';
import { Warnings } from '../../parts/warnings';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';
import { NextStep } from './next-step';

const everySeconds = 2;

/** Waits for the sender. It turns green when a request is accepted, and shows what is wrong with a rejected one. */
export function FirstRequest({
  preset,
  id,
  since,
}: {
  readonly preset: string;
  readonly id: string;
  readonly since: string | undefined;
}) {
  const query = useAsk(admin('postbacks'), pageOf(logRow), {
    query: {
      integration: id,
      since: since ?? new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString(),
      limit: 20,
    },
    everySeconds,
  });
  return (
    <>
      <Panel title={`Requests of ${id}`} query={query}>
        {({ items }) => <Seen rows={items} id={id} />}
      </Panel>
      <NextStep integration={id} />
      <p class="actions">
        <a class="button" href={hrefOf(`integrations/new/${preset}/paste`, { id })}>
          Back to the URL
        </a>
        <a class="button" href={hrefOf(`integrations/${id}/test`)}>
          Send a test postback yourself
        </a>
        <a class="button" href={hrefOf(`integrations/${id}`)}>
          Open the integration
        </a>
      </p>
    </>
  );
}

function Seen({ rows, id }: { readonly rows: readonly LogRow[]; readonly id: string }) {
  const accepted = rows.find(({ reason, result }) => isTaken(reason) && result !== 'dry_run');
  const [latest] = rows;
  if (accepted !== undefined) {
    return (
      <div class="verdict success" role="status">
        <p class="verdict-line">
          <State tone="good">It works</State> <Moment at={accepted.receivedAt} />
        </p>
        <p class="sentence">
          <Foreign text={accepted.message} long />
        </p>
        <Warnings of={accepted.warnings} />
        <p>
          <a href={hrefOf(`requests/${accepted.requestId}`)}>Open the request</a> or{' '}
          <a href={hrefOf('requests', { integration: id, live: 1 })}>watch all of them</a>.
        </p>
      </div>
    );
  }
  if (latest !== undefined) {
    return (
      <div class="verdict" role="status">
        <p class="verdict-line">
          <Result of={latest.result} /> <code class="reason">{latest.reason}</code> <Moment at={latest.receivedAt} />
        </p>
        <p class="sentence">
          <Foreign text={latest.message} long />
        </p>
        <AdviceOf of={latest} integration={id} />
        <p>
          <a href={hrefOf(`requests/${latest.requestId}`)}>See field by field what came</a>. This page goes on waiting.
        </p>
      </div>
    );
  }
  return (
    <div class="verdict" role="status">
      <p class="verdict-line">
        <State tone="wait">Waiting</State>
      </p>
      <p class="sentence">
        Nothing came yet. Make a test conversion in the sender’s system, or wait for the first real one.
      </p>
      <p class="quiet">This page looks every two seconds. It may be closed: every request stays in the log.</p>
    </div>
  );
}
