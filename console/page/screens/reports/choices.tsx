import { groups } from '../../../../lambdas/domain/reports/groups';
import { Choice } from '../../parts/choice';
import type { usePlace } from '../../state/place';
import { chartable, defaultDays, type fields, type ReportState } from './query';
import { groupNames, metricNames } from './value';

const lengths = [
  ['1', 'Today'],
  ['7', 'Last 7 days'],
  ['14', 'Last 14 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
] as const;

const dates = [
  ['click', 'date of the click'],
  ['conversion', 'date of the conversion'],
  ['booked', 'date of booking'],
] as const;

/** Those that reports are mostly read in; an address may name any other. */
const currencies = ['USD', 'EUR', 'GBP'] as const;

interface Asked {
  readonly state: ReportState;
  readonly set: ReturnType<typeof usePlace<typeof fields>>['set'];
}

/** The parameters of a report. */
export function Choices({ state, set }: Asked) {
  return (
    <>
      <Choice
        label="By"
        value={state.group ?? 'day'}
        options={groups.map((one) => [one, groupNames[one] ?? one] as const)}
        onChange={(group) => set({ group, sort: undefined })}
      />
      <Choice
        label="Bars"
        value={state.chart ?? 'clicks'}
        options={chartable.map((one) => [one, metricNames[one] ?? one] as const)}
        onChange={(chart) => set({ chart })}
      />
      <Choice label="Counted on" value={state.by ?? 'click'} options={dates} onChange={(by) => set({ by })} />
      <Choice
        label="Money in"
        value={state.currency}
        options={currencies}
        none="each currency"
        onChange={(currency) => set({ currency })}
      />
    </>
  );
}

/** The days of a report, and whether it shows those before, too. */
export function Days({ state, set }: Asked) {
  const fixed = state.from !== undefined && state.to !== undefined;
  return (
    <>
      <label>
        <span class="hidden">Period</span>
        <select
          value={fixed ? 'fixed' : (state.days ?? defaultDays)}
          onChange={({ currentTarget }) => set({ days: currentTarget.value, from: undefined, to: undefined })}
        >
          {fixed && (
            <option value="fixed">
              {state.from === state.to ? state.from : `${state.from ?? ''} to ${state.to ?? ''}`}
            </option>
          )}
          {!fixed && !lengths.some(([days]) => days === (state.days ?? defaultDays)) && (
            <option value={state.days}>Last {state.days} days</option>
          )}
          {lengths.map(([days, label]) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        aria-pressed={state.compare === '1'}
        onClick={() => set({ compare: state.compare === '1' ? undefined : '1' })}
      >
        Compare
      </button>
    </>
  );
}
