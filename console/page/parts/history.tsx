import type { Conversion } from '../../../operator/answers';
import { hrefOf } from '../state/place';
import { Table, type Column } from './table';
import { Amount, Foreign, Id, Moment, Result, Unknown } from './text';

type Entry = Conversion['history'][number];

const columns: readonly Column<Entry & { readonly place: number }>[] = [
  { name: 'Event time', cell: ({ eventTime }) => <Moment at={eventTime} full /> },
  { name: 'Arrived', cell: ({ receivedAt, place }) => <Arrival at={receivedAt} place={place} /> },
  {
    name: 'Status',
    cell: ({ status }) => (status === undefined ? <Unknown why="not said" /> : <Result of={status} />),
  },
  { name: 'Verdict', cell: ({ reason }) => <code class="reason">{reason}</code> },
  { name: 'Payable', number: true, cell: ({ deltas }) => <Deltas of={deltas} /> },
  {
    name: 'Request',
    cell: ({ requestId }) => <Id text={requestId} what="the request ID" href={hrefOf(`requests/${requestId}`)} />,
  },
];

const Arrival = ({ at, place }: { readonly at: string; readonly place: number }) => (
  <>
    <Moment at={at} full /> {place > 0 && <span class="tag">arrived {ordinal(place)}</span>}
  </>
);

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinal = (place: number): string => `${place}${endings[ordinals.select(place)] ?? 'th'}`;

/** The change of the payable amount, each currency separately. */
function Deltas({ of: deltas }: { readonly of: Entry['deltas'] }) {
  const moved = Object.entries(deltas);
  if (moved.length === 0) return <span class="quiet">no change</span>;
  return (
    <>
      {moved.map(([currency, amount]) => (
        <div key={currency}>
          <Amount amount={amount} currency={currency} signed />
        </div>
      ))}
    </>
  );
}

/** Every change in the order of event time; where that is not the order of arrival, each says when it came. */
function History({ conversion }: { readonly conversion: Conversion }) {
  const arrived = conversion.history;
  const sorted = [...arrived].sort((left, right) =>
    left.eventTime < right.eventTime ? -1 : left.eventTime > right.eventTime ? 1 : 0,
  );
  const differs = sorted.some((entry, index) => entry !== arrived[index]);
  const rows = sorted.map((entry) => ({ ...entry, place: differs ? arrived.indexOf(entry) + 1 : 0 }));
  return (
    <Table
      label="History of the conversion"
      columns={columns}
      rows={rows}
      keyOf={({ requestId, eventTime }) => `${requestId} ${eventTime}`}
    />
  );
}

/** One conversion: its state, then each change. */
export function ConversionCard({ conversion }: { readonly conversion: Conversion }) {
  const { event, transactionId, status, amount, currency, campaign, integration, source, test, repeated, clickId } =
    conversion;
  return (
    <article class="card">
      <header class="card-head">
        <h3>
          <Foreign text={event} />
          {transactionId !== undefined && (
            <>
              {' '}
              <Id text={transactionId} what="the order ID" href={hrefOf('orders', { id: transactionId })} />
            </>
          )}
        </h3>
        <span class="card-state">
          <Result of={status} />{' '}
          <strong>
            <Amount amount={amount} currency={currency} />
          </strong>
        </span>
      </header>
      <p class="quiet">
        Campaign{' '}
        <a href={hrefOf(`campaigns/${campaign}`)}>
          <Foreign text={campaign} />
        </a>
        , integration{' '}
        <a href={hrefOf(`integrations/${integration}`)}>
          <Foreign text={integration} />
        </a>
        {source !== undefined && (
          <>
            , source <Foreign text={source} />
          </>
        )}
        , click{' '}
        <a href={hrefOf(`clicks/${clickId}`)}>
          <code>{clickId.slice(0, 8)}…</code>
        </a>
        .{test && <span class="tag">test: in no report</span>}
        {repeated && <span class="tag">a repeat, counted apart</span>}
      </p>
      <History conversion={conversion} />
    </article>
  );
}
