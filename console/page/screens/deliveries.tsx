import { useLocation, useRoute } from 'preact-iso/router';
import { useEffect } from 'preact/hooks';
import { deliveryAdvice } from '../../../operator/deliveries/advice';
import { delivery, type Delivery } from '../../../operator/deliveries/delivery';
import { admin, ask } from '../api/client';
import { Act } from '../parts/act';
import { Choice } from '../parts/choice';
import { DocumentChoice, useDocuments } from '../parts/document-choice';
import { Screen } from '../parts/frame';
import { Empty, Failed, Panel } from '../parts/panel';
import { Periods } from '../parts/periods';
import { Facts, Table } from '../parts/table';
import { Amount, Foreign, Id, Moment, Result, Unknown } from '../parts/text';
import { WalkPanel } from '../parts/walk-panel';
import { useAttempt } from '../state/attempt';
import { useEscape } from '../state/escape';
import { instant, momentOf, since } from '../state/period';
import { text, word } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';
import { useAsk } from '../state/queries';
import { stretchesOf } from '../state/stretch';
import { useWalk } from '../state/walk';

const states = ['due', 'delivered', 'failed', 'exhausted', 'skipped', 'superseded', 'held'] as const;
const fields = { source: text, clickId: text, state: word(states), reason: text, since, until: instant };

/** Conversions that the tracker reported to traffic sources, newest first, with one delivery opened beside the list. */
export default function Deliveries() {
  const { params } = useRoute();
  const { url, route } = useLocation();
  const opened = params['deliveryId'];
  const { state, set } = usePlace(fields);
  const { source, clickId, since: from = '7d', until } = state;
  const sources = useDocuments('sources');
  const all = sources.data?.items;
  const first = (all?.find(({ postbacks }) => Array.isArray(postbacks) && postbacks.length > 0) ?? all?.[0])?.id;
  const chosen = source ?? clickId;
  // Deliveries are kept by source: the first one with postbacks is a beginning, and the address says so.
  useEffect(() => {
    if (chosen === undefined && opened === undefined && first !== undefined) set({ source: first }, 'replace');
  }, [chosen, opened, first]);
  const search = new URL(url, location.origin).search;
  const close = (): void => route(`/console/deliveries${search}`);
  useEscape(opened !== undefined, close);
  return (
    <Screen
      title="Deliveries"
      about="Conversions that the tracker reported to traffic sources."
      actions={<Periods since={from} until={until} onChange={set} />}
    >
      <div class="filters">
        <DocumentChoice
          kind="sources"
          label="Source"
          value={source}
          none={source === undefined ? 'choose …' : undefined}
          onChange={(id) => set({ source: id, clickId: undefined })}
        />
        <Choice label="State" value={state.state} options={states} none="all" onChange={(one) => set({ state: one })} />
      </div>
      <div class={opened === undefined ? 'beside' : 'beside open'}>
        {chosen === undefined ? (
          <Panel
            query={sources}
            isEmpty={({ items }) => items.length === 0}
            empty={
              <Empty next={<a href={hrefOf('sources/new')}>Make the first source</a>}>
                The tracker reports conversions to a source that has postbacks. Each attempt appears here.
              </Empty>
            }
          >
            {() => <p class="quiet">Choose a source.</p>}
          </Panel>
        ) : (
          <List
            key={JSON.stringify([state])}
            query={{ source, clickId, state: state.state, reason: state.reason }}
            period={() => ({
              since: momentOf(from, Date.now()),
              until: until === undefined ? Date.now() + 60_000 : Date.parse(until),
            })}
            opened={opened}
            hrefOfRow={(id) => `/console/deliveries/${id}${search}`}
          />
        )}
        {opened !== undefined && <Detail key={opened} id={opened} onClose={close} />}
      </div>
    </Screen>
  );
}

function List({
  query,
  period,
  opened,
  hrefOfRow,
}: {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly period: () => { readonly since: number; readonly until: number };
  readonly opened: string | undefined;
  readonly hrefOfRow: (id: string) => string;
}) {
  const walk = useWalk<Delivery>('list', admin('deliveries'), delivery, query, () =>
    query['clickId'] === undefined ? stretchesOf(period()) : [period()],
  );
  const { rows } = walk;
  return (
    <WalkPanel label="Deliveries" walk={walk} empty={<p>Nothing was reported in this period.</p>}>
      {rows.length > 0 && (
        <Table
          label="Deliveries, newest first"
          rows={rows}
          keyOf={({ id }) => id}
          chosen={opened}
          columns={[
            {
              name: 'Made',
              cell: ({ id, createdAt }) => (
                <a class="row-link" href={hrefOfRow(id)}>
                  <Moment at={createdAt} />
                </a>
              ),
            },
            { name: 'State', cell: ({ state }) => <Result of={state} /> },
            {
              name: 'Reason',
              cell: ({ reason }) =>
                reason === undefined ? <Unknown why="none" /> : <code class="reason">{reason}</code>,
            },
            { name: 'Event', cell: ({ event }) => <Foreign text={event} /> },
            { name: 'Attempts', number: true, minor: true, cell: ({ attempts }) => attempts },
            {
              name: 'Amount',
              number: true,
              cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} />,
            },
          ]}
        />
      )}
    </WalkPanel>
  );
}

function Detail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const query = useAsk(admin('deliveries', id), delivery);
  const { busy, problem, attempt } = useAttempt();
  const resend = (): Promise<void> =>
    attempt(async () => {
      await ask('POST', admin('deliveries', id, 'resend'), delivery);
      await query.refetch();
    });
  return (
    <aside class="detail" aria-label="Delivery">
      <Panel
        title="Delivery"
        query={query}
        actions={
          <>
            <Act busy={busy} onClick={() => void resend()}>
              Send again
            </Act>
            <button type="button" class="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
              ✕
            </button>
          </>
        }
      >
        {(one) => (
          <>
            <div class="verdict">
              <p class="verdict-line">
                <Result of={one.state} /> {one.reason !== undefined && <code class="reason">{one.reason}</code>}
              </p>
              {one.detail !== undefined && (
                <p class="sentence">
                  <Foreign text={one.detail} long />
                </p>
              )}
              {advice(one) !== undefined && <p class="advice">{advice(one)}</p>}
            </div>
            {problem !== undefined && <Failed error={problem} />}
            <Facts of={factsOf(one)} />
            <section class="part">
              <h3>Last request</h3>
              {one.request === undefined ? (
                <p class="quiet">Nothing was sent.</p>
              ) : (
                <pre class="raw" tabIndex={0} aria-label="Last request">
                  <Foreign text={`${one.request.method} ${one.request.url}`} long />
                </pre>
              )}
              <h3>Its answer</h3>
              {one.answer === undefined ? (
                <p class="quiet">No answer.</p>
              ) : (
                <>
                  <p>HTTP {one.answer.httpStatus ?? 'unknown'}</p>
                  <pre class="raw" tabIndex={0} aria-label="Answer">
                    <Foreign text={one.answer.text} long />
                  </pre>
                </>
              )}
            </section>
          </>
        )}
      </Panel>
    </aside>
  );
}

/** A successful or superseded delivery needs no advice. */
const advice = ({ state, reason }: Delivery): string | undefined =>
  ['delivered', 'superseded'].includes(state) ? undefined : deliveryAdvice(reason);

function factsOf(one: Delivery): Parameters<typeof Facts>[0]['of'] {
  const time = (label: string, at: string | undefined) =>
    at === undefined ? [] : ([[label, <Moment key={label} at={at} full />]] as const);
  return [
    [
      'Source',
      <a key="source" href={hrefOf(`sources/${one.source}`)}>
        <Foreign text={one.source} />
      </a>,
    ],
    ['Postback', <Foreign key="postback" text={one.postback} />],
    ['Click', <Id key="click" text={one.clickId} what="the click ID" href={hrefOf(`clicks/${one.clickId}`)} />],
    ['Event', <Foreign key="event" text={one.event} />],
    ['Status', <Result key="status" of={one.status} />],
    ['Amount', <Amount key="amount" amount={one.amount} currency={one.currency} />],
    ['Attempts', String(one.attempts)],
    ...time('Made', one.createdAt),
    ...time('First tried', one.firstTriedAt),
    ...time('Last tried', one.lastTriedAt),
    ...time('Due', one.dueAt),
  ];
}
