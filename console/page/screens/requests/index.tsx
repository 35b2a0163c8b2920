import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { logRow, type LogRow } from '../../../../operator/answers';
import { logText } from '../../../../operator/log/log-sheet';
import { admin } from '../../api/client';
import { Export } from '../../parts/export';
import { Screen } from '../../parts/frame';
import { Empty } from '../../parts/panel';
import { Periods } from '../../parts/periods';
import { WalkPanel } from '../../parts/walk-panel';
import { useEscape } from '../../state/escape';
import { useShortcut } from '../../state/keys';
import { hrefOf, usePlace } from '../../state/place';
import { stretchesOf } from '../../state/stretch';
import { useWalk } from '../../state/walk';
import { FilterBar } from './filter-bar';
import { defaultSince, filterQuery, filtersOf, logFields, periodOf } from './query';
import { LogViews } from './log-views';
import { ReasonCounts } from './reason-counts';
import { RequestDetail } from './detail';
import { LogTable } from './table';
import { useTail } from './tail';

/** The postback log: every request that came, newest first, with one of them opened beside the list. */
export default function Requests() {
  const { params } = useRoute();
  const { url, route } = useLocation();
  const opened = params['requestId'];
  const place = usePlace(logFields);
  const { state, set } = place;
  const key = JSON.stringify({ ...state, live: undefined });
  const live = state.live === '1' && state.until === undefined;
  const walk = useWalk<LogRow>(key, admin('postbacks'), logRow, filterQuery(state), () =>
    stretchesOf(periodOf(state, Date.now())),
  );
  const tail = useTail(live && !walk.old, key, filterQuery(state), walk);
  const search = new URL(url, location.origin).search;
  const hrefOfRow = (requestId: string): string => `/console/requests/${requestId}${search}`;
  const close = (): void => {
    route(`/console/requests${search}`);
  };
  useEscape(opened !== undefined, close);
  useRowKeys(tail.rows, opened, (id) => route(hrefOfRow(id), opened !== undefined));
  useShortcut('p', 'Pause or resume the live tail', () => set({ live: live ? undefined : '1' }));

  return (
    <Screen
      title="Requests"
      about="Every postback that came, accepted or not."
      actions={
        <>
          <Export
            list="postbacks"
            item={logRow}
            query={filterQuery(state)}
            period={() => periodOf(state, Date.now())}
            textOf={logText}
          />
          <LogViews state={state} />
          <Periods since={state.since ?? defaultSince} until={state.until} onChange={set} />
          <button
            type="button"
            aria-pressed={live}
            class={live ? 'live on' : 'live'}
            onClick={() => set({ live: live ? undefined : '1' })}
          >
            <span class="dot" aria-hidden="true" /> Live
          </button>
        </>
      }
    >
      <FilterBar state={state} set={set} />
      <ReasonCounts rows={tail.rows} done={walk.done} state={state} hrefWith={place.hrefWith} />
      <div class={opened === undefined ? 'beside' : 'beside open'}>
        <WalkPanel
          label="Requests"
          walk={walk}
          shown={tail.rows.length}
          empty={filtersOf(state).length > 0 ? <NothingFiltered /> : <Nothing />}
        >
          {tail.waiting > 0 && (
            <button type="button" class="new-rows" onClick={tail.show}>
              {tail.waiting} new — show
            </button>
          )}
          {tail.note !== undefined && <p class="note">{tail.note}</p>}
          {tail.rows.length > 0 && (
            <LogTable
              rows={tail.rows}
              old={walk.old}
              opened={opened}
              hrefOf={hrefOfRow}
              narrow={opened !== undefined}
            />
          )}
        </WalkPanel>
        {opened !== undefined && <RequestDetail key={opened} requestId={opened} onClose={close} />}
      </div>
    </Screen>
  );
}

const NothingFiltered = () => (
  <Empty next={<a href={hrefOf('requests')}>Clear the filters</a>}>No request of the period has these filters.</Empty>
);

const Nothing = () => (
  <Empty next={<a href={hrefOf('integrations/new')}>Connect a sender</a>}>
    No postback came in this period. Each one appears here within seconds, accepted or not.
  </Empty>
);

function useRowKeys(rows: readonly LogRow[], opened: string | undefined, open: (id: string) => void): void {
  const [at, setAt] = useState(-1);
  const move = (by: number): void => {
    const from = opened === undefined ? at : rows.findIndex(({ requestId }) => requestId === opened);
    const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
    if (next === undefined) return;
    setAt(rows.indexOf(next));
    if (opened !== undefined) return open(next.requestId);
    const link = document.querySelector(`a[data-row="${CSS.escape(next.requestId)}"]`);
    if (link instanceof HTMLElement) link.focus();
  };
  useShortcut('j', 'Next row', () => move(1));
  useShortcut('k', 'Row before', () => move(-1));
}
