import { useRoute } from 'preact-iso/router';
import { conversion, logRow } from '../../../operator/answers';
import { delivery } from '../../../operator/deliveries/delivery';
import { click, pageOf } from '../api/answers';
import { admin } from '../api/client';
import { Screen } from '../parts/frame';
import { ConversionCard } from '../parts/history';
import { Panel } from '../parts/panel';
import { Facts, Table } from '../parts/table';
import { Amount, Foreign, Id, Moment, Result } from '../parts/text';
import { hrefOf } from '../state/place';
import { useAsk } from '../state/queries';

/** Everything of one click, in the order in which it happened: the click, its conversions change by change, requests, deliveries. */
export default function ClickTimeline() {
  const clickId = useRoute().params['clickId'] ?? '';
  const stored = useAsk(admin('clicks', clickId), click);
  const conversions = useAsk(admin('conversions'), pageOf(conversion), { query: { clickId, limit: 200 } });
  const requests = useAsk(admin('postbacks'), pageOf(logRow), {
    query: { clickId, since: stored.data?.clickedAt ?? longAgo(), limit: 100 },
    // No request of a click is older than the click: the log need not be walked further back.
    enabled: !stored.isPending,
  });
  const deliveries = useAsk(admin('deliveries'), pageOf(delivery), { query: { clickId, limit: 100 } });
  return (
    <Screen title="Click" about={<Id text={clickId} what="the click ID" />}>
      <Panel title="Click" query={stored}>
        {(found) => (
          <Facts
            of={[
              ['Clicked', <Moment key="at" at={found.clickedAt} full />],
              [
                'Campaign',
                <a key="campaign" href={hrefOf(`campaigns/${found.campaign}`)}>
                  <Foreign text={found.campaign} />
                </a>,
              ],
              ['Offer', <Foreign key="offer" text={found.offer} />],
              [
                'Integration',
                <a key="integration" href={hrefOf(`integrations/${found.integration}`)}>
                  <Foreign text={found.integration} />
                </a>,
              ],
              ...(found.source === undefined
                ? []
                : ([['Source', <Foreign key="source" text={found.source} />]] as const)),
              ...(found.cost === undefined ? [] : ([['Cost', <Foreign key="cost" text={found.cost} />]] as const)),
              ...Object.entries({ ...found.subs, ...found.parameters }).map(
                ([name, value]) => [name, <Foreign key={name} text={value} />] as const,
              ),
              ...(found.test || found.bot ? ([['Marked', found.test ? 'a test' : 'looks like a bot']] as const) : []),
              ...(found.userAgent === undefined
                ? []
                : ([['User agent', <Foreign key="agent" text={found.userAgent} />]] as const)),
              ['Row goes', <Moment key="expires" at={found.expiresAt} full />],
            ]}
          />
        )}
      </Panel>
      <Panel
        title="Conversions"
        query={conversions}
        isEmpty={({ items }) => items.length === 0}
        empty="No conversion yet. The sender’s postbacks for this click make them."
      >
        {({ items }) =>
          items.map((one) => (
            <ConversionCard key={`${one.event} ${one.transactionId ?? ''} ${one.recordedAt}`} conversion={one} />
          ))
        }
      </Panel>
      <Panel
        title="Requests"
        query={requests}
        isEmpty={({ items }) => items.length === 0}
        empty="The log has no request for this click."
      >
        {({ items }) => (
          <Table
            label="Requests of the click"
            rows={[...items].reverse()}
            keyOf={({ requestId }) => requestId}
            columns={[
              {
                name: 'Received',
                cell: ({ receivedAt, requestId }) => (
                  <a class="row-link" href={hrefOf(`requests/${requestId}`)}>
                    <Moment at={receivedAt} full />
                  </a>
                ),
              },
              { name: 'Result', cell: ({ result }) => <Result of={result} /> },
              { name: 'Reason', cell: ({ reason }) => <code class="reason">{reason}</code> },
              { name: 'Message', cell: ({ message }) => <Foreign text={message} long />, minor: true },
              {
                name: 'Amount',
                number: true,
                cell: ({ conversion: about }) => <Amount amount={about?.amount} currency={about?.currency} />,
              },
            ]}
          />
        )}
      </Panel>
      <Panel
        title="Deliveries to traffic sources"
        query={deliveries}
        isEmpty={({ items }) => items.length === 0}
        empty="Nothing was reported to a traffic source. A source reports conversions once it has postbacks."
      >
        {({ items }) => (
          <Table
            label="Deliveries of the click"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'Made',
                cell: ({ createdAt, id }) => (
                  <a class="row-link" href={hrefOf(`deliveries/${id}`)}>
                    <Moment at={createdAt} full />
                  </a>
                ),
              },
              { name: 'Source', cell: ({ source }) => <Foreign text={source} /> },
              { name: 'State', cell: ({ state }) => <Result of={state} /> },
              { name: 'Event', cell: ({ event }) => <Foreign text={event} /> },
              {
                name: 'Amount',
                number: true,
                cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} />,
              },
            ]}
          />
        )}
      </Panel>
    </Screen>
  );
}

/** The log keeps rows for 90 days unless the stage says otherwise; the hour is full, so that the question stays the same. */
function longAgo(): string {
  const hour = 3_600_000;
  return new Date(Math.floor(Date.now() / hour) * hour - 90 * 24 * hour).toISOString();
}
