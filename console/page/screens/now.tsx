import type { MetricName } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { logRow } from '../../../operator/answers';
import { overLast } from '../../../operator/status/trouble';
import { pageOf, status, type Status } from '../api/answers';
import { admin } from '../api/client';
import { useDocuments } from '../parts/document-choice';
import { compactText, countText, stretchText } from '../parts/format';
import { Screen } from '../parts/frame';
import { Empty, Panel } from '../parts/panel';
import { Table } from '../parts/table';
import { Ago, Amount, Copy, Foreign, Moment, Result } from '../parts/text';
import { linkOfCommand } from '../state/command-link';
import { hrefOf } from '../state/place';
import { useAsk } from '../state/queries';

const everySeconds = 15;

/** The problems, the worst first; then the last hour, and the latest changes. */
export default function Now() {
  const state = useAsk(['status'], status, { everySeconds });
  const latest = useAsk(admin('postbacks'), pageOf(logRow), { query: { limit: 8 }, everySeconds });
  return (
    <Screen title="Now" about="What needs attention, and the last hour.">
      <Panel title="Attention" query={state} isEmpty={({ troubles }) => troubles.length === 0} empty={<AllWell />}>
        {({ troubles }) => <Troubles of={troubles} />}
      </Panel>
      <Panel title="Last hour" query={state}>
        {(found) => <LastHour status={found} />}
      </Panel>
      <div class="two">
        <Panel
          title="Newest requests"
          query={latest}
          actions={<a href={hrefOf('requests', { live: 1 })}>Open the live log</a>}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Empty next={<a href={hrefOf('integrations/new')}>Connect a sender</a>}>
              No postback came in the last 24 hours. The newest ones appear here.
            </Empty>
          }
        >
          {({ items }) => (
            <Table
              label="Newest requests"
              rows={items}
              keyOf={({ requestId }) => requestId}
              columns={[
                {
                  name: 'Received',
                  cell: ({ receivedAt, requestId }) => (
                    <a class="row-link" href={hrefOf(`requests/${requestId}`)}>
                      <Moment at={receivedAt} />
                    </a>
                  ),
                },
                { name: 'Result', cell: ({ result }) => <Result of={result} /> },
                { name: 'Reason', cell: ({ reason }) => <code class="reason">{reason}</code> },
                {
                  name: 'Amount',
                  number: true,
                  cell: ({ conversion }) => <Amount amount={conversion?.amount} currency={conversion?.currency} />,
                },
              ]}
            />
          )}
        </Panel>
        <Changes />
      </div>
    </Screen>
  );
}

const AllWell = () => (
  <p class="well">
    <span class="state good">
      <span class="shape" aria-hidden="true">
        ●
      </span>
      Nothing is wrong.
    </span>
  </p>
);

type Trouble = Status['troubles'][number];

const classOf = ({ urgency, isOver }: Trouble) => (isOver === true ? 'over' : urgency === 'now' ? 'urgent' : 'soon');

const marks = { urgent: '✕ Now', soon: '! Soon', over: '○ Over' } as const;

function Troubles({ of: troubles }: { readonly of: readonly Trouble[] }) {
  return (
    <ul class="troubles">
      {overLast(troubles).map((trouble) => {
        const { sentence, next, runbook } = trouble;
        const link = next === undefined ? undefined : linkOfCommand(next);
        return (
          <li key={sentence} class={classOf(trouble)}>
            <span class="urgency">{marks[classOf(trouble)]}</span>
            <div>
              <p>
                <Foreign text={sentence} long />
              </p>
              <p class="actions">
                {link !== undefined && (
                  <a class="button" href={link}>
                    Look
                  </a>
                )}
                {next !== undefined && (
                  <span class="command">
                    <code>{next}</code> <Copy text={`npx ${next}`} what="the command" />
                  </span>
                )}
                {runbook !== undefined && <span class="quiet">{runbook}</span>}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface Tile {
  readonly label: string;
  readonly name: MetricName;
  readonly query?: Readonly<Record<string, string>>;
  readonly tone?: string;
}

const tiles: readonly Tile[] = [
  { label: 'Clicks', name: metric.clickReceived },
  { label: 'Postbacks', name: metric.postbackReceived, query: {} },
  { label: 'Recorded', name: metric.postbackRecorded, query: { result: 'recorded' } },
  { label: 'Duplicates', name: metric.postbackDuplicate, query: { result: 'duplicate' } },
  { label: 'Rejected', name: metric.postbackRejected, query: { result: 'rejected' }, tone: 'bad' },
  { label: 'Queued', name: metric.postbackQueued, query: { result: 'queued' }, tone: 'wait' },
];

function LastHour({ status: { counts, queues, alarms, alarmsWatched, countedSince } }: { readonly status: Status }) {
  return (
    <>
      <ul class="tiles">
        {tiles.map(({ label, name, query, tone }) => {
          const count = counts[60][name] ?? 0;
          const number = (
            <strong class={count > 0 ? tone : undefined} title={countText(count)}>
              {compactText(count)}
            </strong>
          );
          return (
            <li key={name}>
              {query === undefined ? (
                <div>
                  <span>{label}</span>
                  {number}
                </div>
              ) : (
                <a href={hrefOf('requests', { since: '1h', ...query })}>
                  <span>{label}</span>
                  {number}
                </a>
              )}
            </li>
          );
        })}
      </ul>
      <p class="note">
        Retry queue: {countText(queues.retry)}
        {queues.oldestRetrySeconds !== undefined && queues.oldestRetrySeconds > 0 && (
          <>, the oldest for {stretchText(queues.oldestRetrySeconds)}</>
        )}
        . <a href={hrefOf('dead-letters')}>Dead letters</a>: {countText(queues.dead)}. Alarms:{' '}
        {alarmsWatched === 0 ? 'none on a local stack' : `${alarms.length} of ${alarmsWatched} ring`}.
        {countedSince !== undefined && (
          <>
            {' '}
            Counters reach back to <Moment at={countedSince} /> only.
          </>
        )}
      </p>
    </>
  );
}

/** The latest changes by people, newest first: the usual cause of a new problem. */
function Changes() {
  const campaigns = useDocuments('campaigns');
  const integrations = useDocuments('integrations');
  const data =
    campaigns.data === undefined || integrations.data === undefined
      ? undefined
      : [
          ...campaigns.data.items.map((one) => ({ ...one, kind: 'campaigns', what: 'Campaign' })),
          ...integrations.data.items.map((one) => ({ ...one, kind: 'integrations', what: 'Integration' })),
        ]
          .sort((left, right) => (left.updatedAt > right.updatedAt ? -1 : 1))
          .slice(0, 8);
  const query = {
    ...campaigns,
    data,
    error: campaigns.error ?? integrations.error,
    isFetching: campaigns.isFetching || integrations.isFetching,
    refetch: () => Promise.all([campaigns.refetch(), integrations.refetch()]),
  };
  return (
    <Panel
      title="Latest changes"
      query={query}
      isEmpty={(changes) => changes.length === 0}
      empty={
        <Empty next={<a href={hrefOf('integrations/new')}>Set up the first integration</a>}>
          Changes of campaigns and integrations appear here.
        </Empty>
      }
    >
      {(changes) => (
        <Table
          label="Latest changes"
          rows={changes}
          keyOf={({ kind, id }) => `${kind}/${id}`}
          columns={[
            { name: 'When', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
            {
              name: 'What',
              cell: ({ kind, id, what }) => (
                <>
                  <span class="quiet">{what} </span>
                  <a href={hrefOf(`${kind}/${id}`)}>
                    <Foreign text={id} />
                  </a>
                </>
              ),
            },
            {
              name: 'Who',
              cell: ({ updatedBy }) => <Foreign text={updatedBy.slice(updatedBy.lastIndexOf('/') + 1)} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
