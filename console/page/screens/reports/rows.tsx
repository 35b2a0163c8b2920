import { isTimeGroup, type Group } from '../../../../lambdas/domain/reports/groups';
import { measureOf, type Measure, type Report, type ReportRow } from '../../../../operator/report/ask-report';
import { rowsBehind } from '../../../../operator/report/rows-behind';
import { Table, type Column } from '../../parts/table';
import { Foreign, Unknown } from '../../parts/text';
import { hrefOf } from '../../state/place';
import { BehindLink } from './behind-link';
import { drillDown, groupsOf, shownMetrics, type ReportState } from './query';
import { groupNames, metricNames, Value } from './value';

/** The rows of a report: each value leads to the report of it alone, each number of conversions to these. */
export function ReportRows({
  report: answer,
  state,
  before,
}: {
  readonly report: Report;
  readonly state: ReportState;
  readonly before: Report | undefined;
}) {
  const own = groupsOf(answer.groups.join(','));
  const keyOf = ({ group = {}, other }: ReportRow): string => (other === true ? 'other' : JSON.stringify(group));
  const earlier = new Map(before?.rows.map((row) => [keyOf(row), row]));
  const metric = state.chart ?? 'clicks';
  // A row of time has its bar in the chart.
  const most = own.some(isTimeGroup) ? 0 : Math.max(...answer.rows.map((row) => amountOf(measureOf(row, metric))));
  const comparable = before !== undefined && !own.some(isTimeGroup);
  const columns: readonly Column<ReportRow>[] = [
    ...own.map((name, index): Column<ReportRow> => ({
      name: groupNames[name] ?? name,
      cell: (row) => (
        <>
          {row.other === true ? (
            <em>all others</em>
          ) : (
            <GroupValue state={state} name={name} value={row.group?.[name] ?? null} />
          )}
          {index === 0 && most > 0 && <Share of={amountOf(measureOf(row, metric)) / most} />}
        </>
      ),
    })),
    ...shownMetrics.map((shown): Column<ReportRow> => ({
      name: metricNames[shown] ?? shown,
      number: true,
      cell: (row) => (
        <>
          <BehindLink behind={rowsBehind(answer, row, state.filter)} measure={measureOf(row, shown)} metric={shown} />
          {comparable && <Before row={earlier.get(keyOf(row))} metric={shown} />}
        </>
      ),
    })),
  ];
  return <Table label="Report" columns={columns} rows={answer.rows} keyOf={keyOf} />;
}

/** The length of a row's bar: a count, or money of one currency. Two currencies have no common length. */
function amountOf(measure: Measure): number {
  if (typeof measure === 'number') return measure;
  const [only, ...others] = Object.values(measure ?? {});
  return only === undefined || others.length > 0 ? 0 : Math.max(0, Number(only));
}

/** The share of a row in the greatest one, as a bar. The number is in its column. */
const Share = ({ of: share }: { readonly of: number }) => (
  <span class="share" aria-hidden="true" style={{ inlineSize: `${Math.round(share * 100)}%` }} />
);

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
