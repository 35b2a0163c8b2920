import { conversion, logRow, type LogRow } from '../../../operator/answers';
import { pageOf } from '../api/answers';
import { admin } from '../api/client';
import { AdviceOf } from '../parts/advice';
import { Screen } from '../parts/frame';
import { ConversionCard } from '../parts/history';
import { Empty, Failed, Panel } from '../parts/panel';
import { Periods } from '../parts/periods';
import { Foreign, Moment, Result } from '../parts/text';
import { WalkPanel } from '../parts/walk-panel';
import { instant, momentOf, since } from '../state/period';
import { text } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';
import { useAsk } from '../state/queries';
import { stretchesOf } from '../state/stretch';
import { useWalk } from '../state/walk';

const fields = { id: text, since, until: instant };

/** The history of an order: every request that named it with its verdict, and the conversion with its history. */
export default function Order() {
  const { state, set } = usePlace(fields);
  const { id = '', since: from = '7d', until } = state;
  const stretch = (): { since: number; until: number } => {
    const hour = 3_600_000;
    const end = until === undefined ? Math.ceil(Date.now() / hour) * hour : Date.parse(until);
    return { since: momentOf(from, end), until: end };
  };
  const walk = useWalk<LogRow>(
    JSON.stringify([id, from, until]),
    admin('postbacks'),
    logRow,
    { transactionId: id },
    () => stretchesOf(stretch()),
  );
  const found = walk.rows;
  return (
    <Screen title="Order" about={<bdi>{id}</bdi>} actions={<Periods since={from} until={until} onChange={set} />}>
      <WalkPanel
        label="Verdicts"
        title="Verdicts"
        walk={walk}
        empty={
          <Empty next={<a href={hrefOf('requests')}>Look at all requests</a>}>
            No request of the period named this order. Its sender has not sent it, or sent it under another ID.
          </Empty>
        }
      >
        {found.map((row) => (
          <article key={row.requestId} class="verdict">
            <p class="verdict-line">
              <Result of={row.result} /> <code class="reason">{row.reason}</code> <Moment at={row.receivedAt} full />{' '}
              <a href={hrefOf(`requests/${row.requestId}`)}>Open the request</a>
            </p>
            <p class="sentence">
              <Foreign text={row.message} long />
            </p>
            <AdviceOf of={row} integration={row.integration} />
          </article>
        ))}
      </WalkPanel>
      <OrderConversions rows={found} id={id} />
    </Screen>
  );
}

/** Conversions of the order: by its index, whenever they were recorded, and by the requests that the index has not taken in yet. */
function OrderConversions({ rows, id }: { readonly rows: readonly LogRow[]; readonly id: string }) {
  const indexed = useAsk(admin('conversions'), pageOf(conversion), {
    query: { transactionId: id, includeTests: 1 },
    enabled: id !== '',
  });
  const known = indexed.data?.items.map(({ clickId }) => clickId) ?? [];
  const clicks = [...new Set([...known, ...rows.flatMap(({ clickId }) => clickId ?? [])])].slice(0, 5);
  return (
    <>
      {indexed.error !== null && (
        <section class="panel" aria-label="Conversions">
          <Failed error={indexed.error} again={() => void indexed.refetch()} />
        </section>
      )}
      {clicks.map((clickId) => (
        <OfClick key={clickId} clickId={clickId} id={id} />
      ))}
    </>
  );
}

function OfClick({ clickId, id }: { readonly clickId: string; readonly id: string }) {
  const query = useAsk(admin('conversions'), pageOf(conversion), { query: { clickId, limit: 200 } });
  return (
    <Panel
      title="History"
      query={query}
      isEmpty={({ items }) => !items.some((one) => one.transactionId === id)}
      empty="No conversion was recorded under this order ID."
    >
      {({ items }) =>
        items
          .filter((one) => one.transactionId === id)
          .map((one) => <ConversionCard key={`${one.event} ${one.recordedAt}`} conversion={one} />)
      }
    </Panel>
  );
}
