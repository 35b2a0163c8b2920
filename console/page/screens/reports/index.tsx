import { useQuery } from '@tanstack/preact-query';
import { useEffect, useMemo } from 'preact/hooks';
import * as v from 'valibot';
import { groups, isTimeGroup, type Group } from '../../../../lambdas/domain/reports/groups';
import { askReport, report, type Report, type ReportRow } from '../../../../operator/report/ask-report';
import { rowsBehind } from '../../../../operator/report/rows-behind';
import { operatorApi } from '../../api/operator-api';
import type { Query } from '../../api/query';
import { Problem } from '../../api/problem';
import { Conditions } from '../../parts/conditions';
import { Screen } from '../../parts/frame';
import { Empty, Panel } from '../../parts/panel';
import { Moment } from '../../parts/text';
import { useShortcut } from '../../state/keys';
import { hrefOf, usePlace } from '../../state/place';
import { behindHref } from './behind-link';
import { Choices, Days } from './choices';
import { Download } from './download';
import { filledRows } from './filled-rows';
import { laterComponent } from './later-component';
import { daysBefore, daysOf, fields, groupsOf, queryOf, type ReportState } from './query';
import { ReportRows } from './rows';
import { SavedReports } from './saved-reports';
import { groupNames } from './value';
import { Total } from './total';

const everyMillisecondsWhileEmpty = 5_000;

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
      actions={
        <>
          <SavedReports state={state} />
          <Days state={state} set={set} />
        </>
      }
    >
      <div class="filters">
        <Choices state={state} set={set} />
        <Conditions filter={state.filter} onChange={(filter) => set({ filter })} />
      </div>
      {zone !== undefined && <Shown state={state} />}
    </Screen>
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
    // A person who has just made a first click waits for it to be counted.
    refetchInterval: ({ state: { data } }) => (data?.rows.length === 0 ? everyMillisecondsWhileEmpty : false),
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
        {(answer) => (
          <>
            <Total report={answer} filter={state.filter} before={compared} />
            <p class="note">
              {days.from} to {days.to}, {answer.period.timezone}, by date of {answer.period.by}.{' '}
              {answer.countedThrough === null ? (
                'Nothing was counted yet.'
              ) : (
                <>
                  Counted through <Moment at={answer.countedThrough} />.
                </>
              )}
              {state.compare === '1' && ` Compared with ${daysBefore(days).from} to ${daysBefore(days).to}.`}
              {before.error !== null && ` The period before is not known: ${before.error.message}`}
            </p>
            {answer.notes.map((note) => (
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
          <Empty next={<a href={hrefOf('campaigns')}>Copy a campaign’s click URL</a>}>
            Nothing was counted in this period. A click appears here within a minute or two; this page looks for it.
          </Empty>
        }
      >
        {(answer) => (
          <>
            <Picture of={answer} state={state} />
            <ReportRows report={answer} state={state} before={compared} />
          </>
        )}
      </Panel>
    </>
  );
}

function Picture({ of: answer, state }: { readonly of: Report; readonly state: ReportState }) {
  const charted = useMemo(() => chartOf(answer), [answer]);
  if (charted === undefined) return null;
  return <Chart report={charted} metric={state.chart ?? 'clicks'} hrefOfRow={hrefOfRow(answer, state)} />;
}

/** The link of a bar of the chart: to the conversions of its row. */
const hrefOfRow =
  (answer: Report, { filter }: ReportState) =>
  (row: ReportRow): string | undefined => {
    const behind = rowsBehind(answer, row, filter);
    return behind === undefined ? undefined : behindHref(behind);
  };

/** The report as its chart shows it; `undefined` where it has no time to run along. */
function chartOf(answer: Report): Report | undefined {
  const [group] = answer.groups;
  const runs = answer.groups.length === 1 && groups.some((one) => one === group && isTimeGroup(one));
  const rows = filledRows(answer);
  return runs && rows.length > 1 ? { ...answer, rows: [...rows] } : undefined;
}

const groupTitle = (of: readonly Group[]): string =>
  `By ${of.map((one) => (groupNames[one] ?? one).toLowerCase()).join(', ')}`;
