import type { Conversion } from '../../../../operator/answers';
import { sumsOf } from '../../../../operator/conversions/sums';
import { countText } from '../../parts/format';
import { Table } from '../../parts/table';
import { Amount, Foreign, Moment, Result, Unknown } from '../../parts/text';
import { hrefOf } from '../../state/place';

/** Sums for each currency and status: two currencies never meet in one number. */
export function Sums({ rows, done }: { readonly rows: readonly Conversion[]; readonly done: boolean }) {
  const sums = sumsOf(rows.filter(({ test }) => !test));
  return (
    <section class="panel" aria-label="Sums">
      <ul class="tiles">
        {sums.map(({ currency, status, conversions, amount }) => (
          <li key={`${currency ?? ''} ${status}`}>
            <div>
              <span>
                <Result of={status} /> {countText(conversions)}
                {done ? '' : '+'}
              </span>
              <strong>
                {currency === undefined && /^0$/.test(amount) ? (
                  <Unknown why="no amount" />
                ) : (
                  <Amount amount={amount} currency={currency ?? 'XXX'} />
                )}
              </strong>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ConversionRows({ rows }: { readonly rows: readonly Conversion[] }) {
  return (
    <Table
      label="Conversions"
      rows={rows}
      keyOf={({ clickId, event, transactionId = '', recordedAt }) =>
        `${clickId} ${event} ${transactionId} ${recordedAt}`
      }
      columns={[
        {
          name: 'Changed',
          cell: ({ changedAt, clickId }) => (
            <a class="row-link" href={hrefOf(`clicks/${clickId}`)}>
              <Moment at={changedAt} />
            </a>
          ),
        },
        {
          name: 'Event',
          cell: ({ event, test }) => (
            <>
              <Foreign text={event} />
              {test && <span class="tag">test</span>}
            </>
          ),
        },
        {
          name: 'Order ID',
          cell: ({ transactionId }) =>
            transactionId === undefined ? (
              <Unknown why="none sent" />
            ) : (
              <a href={hrefOf('orders', { id: transactionId })}>
                <Foreign text={transactionId} />
              </a>
            ),
        },
        { name: 'Status', cell: ({ status }) => <Result of={status} /> },
        { name: 'Campaign', minor: true, cell: ({ campaign }) => <Foreign text={campaign} /> },
        {
          name: 'Source',
          minor: true,
          cell: ({ source }) => (source === undefined ? <Unknown why="no source" /> : <Foreign text={source} />),
        },
        {
          name: 'Amount',
          number: true,
          cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} />,
        },
      ]}
    />
  );
}
