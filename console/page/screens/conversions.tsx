import { useEffect, useState } from 'preact/hooks';
import { conversion, type Conversion } from '../../../operator/answers';
import { conversionsText } from '../../../operator/conversions/sheet';
import { sumsOf } from '../../../operator/conversions/sums';
import { pageOf, storedDocument } from '../api/answers';
import { admin } from '../api/client';
import { type Query } from '../api/query';
import { operatorApi } from '../api/operator-api';
import { download, fileName } from '../parts/file';
import { counted, countText } from '../parts/format';
import { Screen } from '../parts/frame';
import { Failed, Panel } from '../parts/panel';
import { Periods } from '../parts/periods';
import { Table } from '../parts/table';
import { Amount, Foreign, Moment, Result, Unknown } from '../parts/text';
import { instant, momentOf, since } from '../state/period';
import { text, word } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';
import { useAsk } from '../state/queries';
import { useSession } from '../state/session';
import { stretchesOf, type Stretch } from '../state/stretch';
import { useWalk } from '../state/walk';

const fields = { campaign: text, integration: text, since, until: instant, tests: word(['1']) };

export default function Conversions() {
  const { state, set } = usePlace(fields);
  const { campaign, integration, since: from = '7d', until, tests } = state;
  const chosen = campaign ?? integration;
  const integrations = useAsk(admin('integrations'), pageOf(storedDocument), { query: { limit: 200 } });
  const campaigns = useAsk(admin('campaigns'), pageOf(storedDocument), { query: { limit: 200 } });
  const first = integrations.data?.items[0]?.id;
  // There is no list of all conversions: the first integration is a beginning, and the address says so.
  useEffect(() => {
    if (chosen === undefined && first !== undefined) set({ integration: first }, 'replace');
  }, [chosen, first]);
  const query = { campaign, integration, includeTests: tests };
  const period = (): Stretch => ({
    since: momentOf(from, Date.now()),
    until: until === undefined ? Date.now() + 60_000 : Date.parse(until),
  });
  return (
    <Screen
      title="Conversions"
      about="By their newest change, newest first."
      actions={<Periods since={from} until={until} onChange={set} />}
    >
      <div class="filters">
        <Choice
          label="Integration"
          value={integration}
          of={integrations.data?.items}
          onChange={(id) => set({ integration: id })}
        />
        <Choice label="Campaign" value={campaign} of={campaigns.data?.items} onChange={(id) => set({ campaign: id })} />
        <label class="check">
          <input
            type="checkbox"
            checked={tests === '1'}
            onChange={({ currentTarget }) => set({ tests: currentTarget.checked ? '1' : undefined })}
          />
          Tests too
        </label>
      </div>
      {chosen === undefined ? (
        <Panel
          query={integrations}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <>
              <p>Conversions stand here once a sender reports them.</p>
              <p>
                <a href={hrefOf('integrations/new')}>Connect a sender</a>
              </p>
            </>
          }
        >
          {() => null}
        </Panel>
      ) : (
        <List key={JSON.stringify([query, from, until])} query={query} period={period} />
      )}
    </Screen>
  );
}

function Choice({
  label,
  value,
  of: documents,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly of: readonly { readonly id: string }[] | undefined;
  readonly onChange: (id: string | undefined) => void;
}) {
  const busy = documents === undefined;
  const known = documents?.some(({ id }) => id === value);
  return (
    <label class="field inline">
      <span>{label}</span>
      <select
        aria-busy={busy}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      >
        <option value="">any</option>
        {value !== undefined && known !== true && <option value={value}>{value}</option>}
        {documents?.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </select>
    </label>
  );
}

function List({ query, period }: { readonly query: Query; readonly period: () => Stretch }) {
  const walk = useWalk<Conversion>('list', admin('conversions'), conversion, query, () => stretchesOf(period()));
  const { rows, done, looking } = walk;
  return (
    <>
      {rows.length > 0 && <Sums rows={rows} done={done} />}
      <section class="panel" aria-label="Conversions" aria-busy={looking}>
        <header class="panel-head">
          <h2>{done ? counted(rows.length, 'conversion') : `At least ${counted(rows.length, 'conversion')}`}</h2>
          <div class="actions">
            <Export query={query} period={period} />
          </div>
        </header>
        {looking && <div class="bar" />}
        {walk.error !== null && <Failed error={walk.error} again={walk.again} />}
        {rows.length > 0 && <Rows rows={rows} />}
        <p class="ending" role="status">
          {looking && (
            <>
              Looking; back to <Moment at={new Date(walk.lookedBackTo).toISOString()} /> so far.{' '}
              <button type="button" class="small" onClick={walk.stop}>
                Stop
              </button>
            </>
          )}
          {!looking && !done && walk.error === null && (
            <>
              Looked back to <Moment at={new Date(walk.lookedBackTo).toISOString()} />.{' '}
              <button type="button" onClick={walk.more}>
                Show more
              </button>
            </>
          )}
          {done && (rows.length > 0 ? 'That is all of the period.' : 'No conversion changed in this period.')}
        </p>
      </section>
    </>
  );
}

/** Each currency and status by itself: two currencies never meet in one number. */
function Sums({ rows, done }: { readonly rows: readonly Conversion[]; readonly done: boolean }) {
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

function Rows({ rows }: { readonly rows: readonly Conversion[] }) {
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

/** All of the period, page by page, with what has come so far and a way to stop. */
function Export({ query, period }: { readonly query: Query; readonly period: () => Stretch }) {
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
