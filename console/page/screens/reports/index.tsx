import { useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import { groups, isTimeGroup, type Group } from '../../../../lambdas/domain/reports/groups';
import { askReport, measureOf, report, type Report, type ReportRow } from '../../../../operator/report/ask-report';
import { operatorApi } from '../../api/operator-api';
import type { Query } from '../../api/query';
import { Problem } from '../../api/problem';
import { download, fileName } from '../../parts/file';
import { visibleText } from '../../parts/format';
import { Screen } from '../../parts/frame';
import { Panel } from '../../parts/panel';
import { Table, type Column } from '../../parts/table';
import { Foreign, Moment, Unknown } from '../../parts/text';
import { useShortcut } from '../../state/keys';
import { hrefOf, usePlace } from '../../state/place';
import { useSession } from '../../state/session';
import { Choices } from './choices';
import {
  conditionsOf,
  conditionText,
  daysBefore,
  daysOf,
  drillDown,
  fields,
  groupsOf,
  queryOf,
  shownMetrics,
  type ReportState,
} from './query';
import { laterComponent } from './later-component';
import { metricNames, Value } from './value';

const Chart = laterComponent(() => import('./chart'));

export default function Reports() {
  const { state, set } = usePlace(fields);
  const zone = state.timezone;
  // A link shows the same days to everybody: the zone is in it.
  useEffect(() => {
    if (zone === undefined) set({ timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }, 'replace');
  }, [zone]);
  useShortcut('b', 'Compare with the period before', () => set({ compare: state.compare === '1' ? undefined : '1' }));
  return (
    <Screen
      title="Reports"
      about="Clicks, conversions and money, by any group."
      actions={<Choices state={state} set={set} />}
    >
      <Conditions state={state} set={set} />
      {zone !== undefined && <Shown state={state} />}
    </Screen>
  );
}

function Conditions({
  state,
  set,
}: {
  readonly state: ReportState;
  readonly set: ReturnType<typeof usePlace<typeof fields>>['set'];
}) {
  const conditions = conditionsOf(state.filter);
  if (conditions.length === 0) return null;
  return (
    <div class="filters">
      {conditions.map((condition) => (
        <button
          key={condition}
          type="button"
          class="chip"
          aria-label={`Remove the filter ${conditionText(condition)}`}
          onClick={() => set({ filter: conditions.filter((one) => one !== condition).join(',') })}
        >
          <bdi>{visibleText(conditionText(condition))}</bdi> <span aria-hidden="true">✕</span>
        </button>
      ))}
    </div>
  );
}

function useReport(query: Query, enabled: boolean) {
  return useQuery({
    queryKey: ['reports', query],
    queryFn: async ({ signal }) => {
      const { text } = await askReport(operatorApi('', signal), query);
      const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), report), text);
      if (reading.success) return reading.output;
      throw new Problem('malformed', 'The report is not what this page understands. Reload the page.');
    },
    enabled,
    staleTime: 60_000,
  });
}

function Shown({ state }: { readonly state: ReportState }) {
  const days = daysOf(state, Date.now());
  const query = queryOf(state, days);
  const present = useReport(query, true);
  const before = useReport(queryOf(state, daysBefore(days)), state.compare === '1');
  const compared = state.compare === '1' ? before.data : undefined;
  return (
    <>
      <Panel title="Total" query={present} actions={<Download query={query} />}>
        {(told) => (
          <>
            <Total report={told} before={compared} />
            <p class="note">
              {days.from} to {days.to}, {told.period.timezone}, by date of {told.period.by}.{' '}
              {told.countedThrough === null ? (
                'Nothing was counted yet.'
              ) : (
                <>
                  Counted through <Moment at={told.countedThrough} />.
                </>
              )}
              {state.compare === '1' && ` Compared with ${daysBefore(days).from} to ${daysBefore(days).to}.`}
              {before.error !== null && ` The period before is not known: ${before.error.message}`}
            </p>
            {told.notes.map((note) => (
              <p key={note} class="note">
                {note}
              </p>
            ))}
          </>
        )}
      </Panel>
      <Panel
        title={groupTitle(groupsOf(state.group ?? 'day'))}
        query={present}
        isEmpty={({ rows }) => rows.length === 0}
        empty={
          <>
            <p>Nothing was counted in this period. Clicks are counted within some minutes.</p>
            <p>
              <a href={hrefOf('campaigns')}>Copy a campaign’s click URL</a>
            </p>
          </>
        }
      >
        {(told) => (
          <>
            {isChartable(told) && <Chart report={told} metric={state.chart ?? 'clicks'} />}
            <Rows report={told} state={state} before={compared} />
          </>
        )}
      </Panel>
    </>
  );
}

const isChartable = ({ groups: own, rows }: Report): boolean =>
  own.length === 1 && rows.length > 1 && groups.some((one) => one === own[0] && isTimeGroup(one));

const groupTitle = (of: readonly Group[]): string => `By ${of.join(', ')}`;

function Total({ report: { total }, before }: { readonly report: Report; readonly before: Report | undefined }) {
  return (
    <ul class="tiles">
      {shownMetrics.map((metric) => (
        <li key={metric}>
          <div>
            <span>{metricNames[metric]}</span>
            <strong>
              <Value of={measureOf(total, metric)} metric={metric} />
            </strong>
            {before !== undefined && (
              <span class="before">
                before <Value of={measureOf(before.total, metric)} metric={metric} />
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Rows({
  report: told,
  state,
  before,
}: {
  readonly report: Report;
  readonly state: ReportState;
  readonly before: Report | undefined;
}) {
  const own = groupsOf(told.groups.join(','));
  const keyOf = ({ group = {}, other }: ReportRow): string => (other === true ? 'other' : JSON.stringify(group));
  const earlier = new Map(before?.rows.map((row) => [keyOf(row), row]));
  const comparable = before !== undefined && !own.some(isTimeGroup);
  const columns: readonly Column<ReportRow>[] = [
    ...own.map((name): Column<ReportRow> => ({
      name,
      cell: (row) =>
        row.other === true ? (
          <em>all others</em>
        ) : (
          <GroupValue state={state} name={name} value={row.group?.[name] ?? null} />
        ),
    })),
    ...shownMetrics.map((metric): Column<ReportRow> => ({
      name: metricNames[metric] ?? metric,
      number: true,
      cell: (row) => (
        <>
          <Value of={measureOf(row, metric)} metric={metric} />
          {comparable && <Before row={earlier.get(keyOf(row))} metric={metric} />}
        </>
      ),
    })),
  ];
  return <Table label="Report" columns={columns} rows={told.rows} keyOf={keyOf} />;
}

const Before = ({ row, metric }: { readonly row: ReportRow | undefined; readonly metric: string }) => (
  <div class="before">
    {row === undefined ? <Unknown why="none before" /> : <Value of={measureOf(row, metric)} metric={metric} />}
  </div>
);

/** A value that leads to the report of it alone. */
function GroupValue({
  state,
  name,
  value,
}: {
  readonly state: ReportState;
  readonly name: Group;
  readonly value: string | null;
}) {
  const target = drillDown(state, name, value);
  const shown =
    value === null ? (
      <Unknown why="not known" />
    ) : name === 'hour' ? (
      <time dateTime={value} title={new Date(value).toISOString().replace('T', ' ').replace('.000Z', ' UTC')}>
        {value.replace('T', ' ').replace(/([+-]\d\d:\d\d)$/, ' $1')}
      </time>
    ) : (
      <Foreign text={value} />
    );
  return target === undefined ? shown : <a href={hrefOf('reports', target)}>{shown}</a>;
}

/** The same question as a file, made by the tracker itself: its numbers are those of the screen. */
function Download({ query }: { readonly query: Query }) {
  const { data } = useSession();
  const [state, setState] = useState<'idle' | 'busy' | string>('idle');
  const run = async (): Promise<void> => {
    setState('busy');
    try {
      const { text } = await askReport(operatorApi(''), { ...query, limit: 10_000, format: 'csv' });
      const time = (day: string | number | undefined): number => Date.parse(`${String(day)}T00:00:00Z`);
      download(fileName('report', data?.stage ?? 'local', time(query['from']), time(query['to'])), text);
      setState('idle');
    } catch (error) {
      setState(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {state !== 'idle' && state !== 'busy' && <span role="alert">{state}</span>}
      <button type="button" disabled={state === 'busy'} onClick={() => void run()}>
        {state === 'busy' ? 'Working…' : 'Export CSV'}
      </button>
    </>
  );
}
