import { integrationKeys } from '../api/answers';
import { admin } from '../api/client';
import { useDocuments } from '../parts/document-choice';
import { Screen } from '../parts/frame';
import { Empty, Panel } from '../parts/panel';
import { Table } from '../parts/table';
import { Ago, Foreign, State, Unknown } from '../parts/text';
import { hrefOf } from '../state/place';
import { useAsk } from '../state/queries';

const connect = (
  <a class="button primary" href={hrefOf('integrations/new')}>
    Connect a sender
  </a>
);

export default function Integrations() {
  const query = useDocuments('integrations');
  return (
    <Screen title="Integrations" about="Who sends postbacks, and how they are read." actions={connect}>
      <Panel
        query={query}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty next={<a href={hrefOf('integrations/new')}>Connect the first sender</a>}>
            Each system that sends postbacks has an integration here, with its URL and its words.
          </Empty>
        }
      >
        {({ items }) => (
          <Table
            label="Integrations"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'ID',
                cell: ({ id }) => (
                  <a class="row-link" href={hrefOf(`integrations/${id}`)}>
                    {id}
                  </a>
                ),
              },
              { name: 'Name', cell: ({ name = '' }) => <Foreign text={name} /> },
              { name: 'Preset', cell: (one) => <Foreign text={textOf(one['preset'])} /> },
              { name: 'Key last used', cell: ({ id }) => <LastUse id={id} /> },
              {
                name: 'State',
                cell: ({ problems }) =>
                  problems.length === 0 ? <State tone="good">ready</State> : <State tone="bad">unreadable</State>,
              },
              { name: 'Changed', minor: true, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
              {
                name: '',
                number: true,
                cell: ({ id }) => <a href={hrefOf('requests', { integration: id, since: '24h' })}>Requests</a>,
              },
            ]}
          />
        )}
      </Panel>
    </Screen>
  );
}

function LastUse({ id }: { readonly id: string }) {
  const { data, error } = useAsk(admin('integrations', id, 'keys'), integrationKeys);
  if (error !== null) return <Unknown why={error.message} />;
  if (data === undefined) return <span class="pending">…</span>;
  const last = data.items
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .sort()
    .at(-1);
  return last === undefined ? <Unknown why="never seen" /> : <Ago at={last} />;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
