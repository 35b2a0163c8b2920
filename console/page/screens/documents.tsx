import type { StoredDocument } from '../api/answers';
import { useDocuments } from '../parts/document-choice';
import { FindField } from '../parts/find-field';
import { Screen } from '../parts/frame';
import { Empty, Panel } from '../parts/panel';
import { Table, type Column } from '../parts/table';
import { Ago, Foreign, Result, State } from '../parts/text';
import { counted } from '../parts/format';
import { text } from '../state/parameters';
import { hrefOf, usePlace } from '../state/place';

const words = {
  campaigns: {
    title: 'Campaigns',
    one: 'campaign',
    about: 'Where clicks go, and which sender reports their conversions.',
    empty: 'A campaign has a click URL and offers that visitors are sent to.',
  },
  sources: {
    title: 'Sources',
    one: 'source',
    about: 'Where clicks come from, and what the tracker reports to each source.',
    empty: 'A source names who sends visitors, what a click costs, and which postbacks it gets back.',
  },
} as const;

type Kind = keyof typeof words;

/** All documents of one kind. */
export default function Documents({ kind }: { readonly kind: Kind }) {
  const { title, one, about, empty } = words[kind];
  const { state, set } = usePlace({ find: text });
  const { find = '' } = state;
  const query = useDocuments(kind);
  return (
    <Screen
      title={title}
      about={about}
      actions={
        <a class="button primary" href={hrefOf(`${kind}/new`)}>
          New {one}
        </a>
      }
    >
      <div class="filters">
        <FindField value={find} onInput={(value) => set({ find: value }, 'replace')} />
      </div>
      <Panel
        query={query}
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty next={<a href={hrefOf(`${kind}/new`)}>Make the first {one}</a>}>{empty}</Empty>}
      >
        {({ items }) => {
          const found = items.filter(({ id, name = '' }) => `${id} ${name}`.toLowerCase().includes(find.toLowerCase()));
          return found.length === 0 ? (
            <p>
              No {one} has “{find}” in its ID or name.
            </p>
          ) : (
            <Table label={title} rows={found} keyOf={({ id }) => id} columns={columnsOf(kind)} />
          );
        }}
      </Panel>
    </Screen>
  );
}

function columnsOf(kind: Kind): readonly Column<StoredDocument>[] {
  const own: readonly Column<StoredDocument>[] =
    kind === 'campaigns'
      ? [
          {
            name: 'State',
            cell: (one) => (one.problems.length > 0 ? unreadable : <Result of={textOf(one['status'])} />),
          },
          {
            name: 'Integration',
            cell: (one) => (
              <a href={hrefOf(`integrations/${textOf(one['integration'])}`)}>{textOf(one['integration'])}</a>
            ),
          },
          { name: 'Offers', number: true, cell: (one) => lengthOf(one['offers']) },
        ]
      : [
          {
            name: 'State',
            cell: (one) => (one.problems.length > 0 ? unreadable : <State tone="good">ready</State>),
          },
          { name: 'Reports to it', cell: (one) => counted(lengthOf(one['postbacks']), 'postback') },
        ];
  return [
    {
      name: 'ID',
      cell: ({ id }) => (
        <a class="row-link" href={hrefOf(`${kind}/${id}`)}>
          {id}
        </a>
      ),
    },
    { name: 'Name', cell: ({ name = '' }) => <Foreign text={name} /> },
    ...own,
    { name: 'Changed', minor: true, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
    {
      name: '',
      number: true,
      cell: ({ id }) => (
        <a
          href={
            kind === 'campaigns'
              ? hrefOf('conversions', { campaign: id })
              : hrefOf('deliveries', { source: id, since: '7d' })
          }
        >
          {kind === 'campaigns' ? 'Conversions' : 'Deliveries'}
        </a>
      ),
    },
  ];
}

const unreadable = <State tone="bad">unreadable</State>;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
