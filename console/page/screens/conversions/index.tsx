import { useEffect } from 'preact/hooks';
import { conversion, type Conversion } from '../../../../operator/answers';
import { conversionsText } from '../../../../operator/conversions/sheet';
import { admin } from '../../api/client';
import { type Query } from '../../api/query';
import { Conditions } from '../../parts/conditions';
import { DocumentChoice, useDocuments } from '../../parts/document-choice';
import { Export } from '../../parts/export';
import { FilterChip } from '../../parts/filter-chip';
import { counted } from '../../parts/format';
import { Screen } from '../../parts/frame';
import { Empty, Panel } from '../../parts/panel';
import { Periods } from '../../parts/periods';
import { WalkPanel } from '../../parts/walk-panel';
import { conditionList } from '../../state/conditions';
import { instant, momentOf, since } from '../../state/period';
import { text, word } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { stretchesOf, type Stretch } from '../../state/stretch';
import { useWalk } from '../../state/walk';
import { ConversionRows, Sums } from './rows';

const fields = {
  campaign: text,
  integration: text,
  by: word(['click', 'conversion']),
  filter: conditionList,
  since,
  until: instant,
  tests: word(['1']),
};

/** Conversions of a sender or a campaign by their newest change, or those that a number of a report is made of. */
export default function Conversions() {
  const { state, set } = usePlace(fields);
  const { campaign, integration, by, filter, since: from = '7d', until, tests } = state;
  const chosen = campaign ?? integration ?? by ?? filter;
  const integrations = useDocuments('integrations');
  const first = integrations.data?.items[0]?.id;
  // There is no list of all conversions: the first integration is a beginning, and the address says so.
  useEffect(() => {
    if (chosen === undefined && first !== undefined) set({ integration: first }, 'replace');
  }, [chosen, first]);
  const query = { campaign, integration, by, filter, includeTests: tests };
  const period = (): Stretch => ({
    since: momentOf(from, Date.now()),
    until: until === undefined ? Date.now() + 60_000 : Date.parse(until),
  });
  return (
    <Screen
      title="Conversions"
      about={by === undefined ? 'By their newest change, newest first.' : 'The rows behind a number of a report.'}
      actions={<Periods since={from} until={until} onChange={set} />}
    >
      <div class="filters">
        <DocumentChoice
          kind="integrations"
          label="Integration"
          value={integration}
          none="any"
          onChange={(id) => set({ integration: id })}
        />
        <DocumentChoice
          kind="campaigns"
          label="Campaign"
          value={campaign}
          none="any"
          onChange={(id) => set({ campaign: id })}
        />
        {by !== undefined && (
          <FilterChip name={`date of the ${by}`} onRemove={() => set({ by: undefined })}>
            Date of the {by}
          </FilterChip>
        )}
        <Conditions filter={filter} onChange={(conditions) => set({ filter: conditions })} />
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
            <Empty next={<a href={hrefOf('integrations/new')}>Connect a sender</a>}>
              A conversion appears here once a sender reports it.
            </Empty>
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

function List({ query, period }: { readonly query: Query; readonly period: () => Stretch }) {
  // Clicks and sales of a period may have changed since: each stretch would be searched until now.
  const stretches = (): readonly Stretch[] => (query['by'] === undefined ? stretchesOf(period()) : [period()]);
  const walk = useWalk<Conversion>('list', admin('conversions'), conversion, query, stretches);
  const { rows, done } = walk;
  return (
    <>
      {rows.length > 0 && <Sums rows={rows} done={done} />}
      <WalkPanel
        label="Conversions"
        title={done ? counted(rows.length, 'conversion') : `At least ${counted(rows.length, 'conversion')}`}
        actions={
          <Export
            list="conversions"
            item={conversion}
            query={query}
            period={period}
            textOf={(all) => conversionsText(all, 'csv', true)}
          />
        }
        walk={walk}
        empty={
          <p>
            {query['by'] === undefined
              ? 'No conversion changed in this period.'
              : 'No conversion of this number is in the log any more, or a filter excludes it.'}
          </p>
        }
      >
        {rows.length > 0 && <ConversionRows rows={rows} />}
      </WalkPanel>
    </>
  );
}
