import { groups } from '../../../../lambdas/domain/reports/groups';
import type { usePlace } from '../../state/place';
import { chartable, defaultDays, type fields, type ReportState } from './query';
import { metricNames } from './value';

const lengths = [
  ['1', 'Today'],
  ['7', 'Last 7 days'],
  ['14', 'Last 14 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
] as const;

/** Those that reports are mostly read in; an address may name any other. */
const currencies = ['USD', 'EUR', 'GBP'] as const;

/** What a report is asked for. */
export function Choices({
  state,
  set,
}: {
  readonly state: ReportState;
  readonly set: ReturnType<typeof usePlace<typeof fields>>['set'];
}) {
  const fixed = state.from !== undefined && state.to !== undefined;
  const group = state.group ?? 'day';
  return (
    <>
      <label class="field inline">
        <span>By</span>
        <select value={group} onChange={({ currentTarget }) => set({ group: currentTarget.value, sort: undefined })}>
          {!groups.some((one) => one === group) && <option value={group}>{group}</option>}
          {groups.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label class="field inline">
        <span>Chart</span>
        <select value={state.chart ?? 'clicks'} onChange={({ currentTarget }) => set({ chart: currentTarget.value })}>
          {chartable.map((one) => (
            <option key={one} value={one}>
              {metricNames[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="field inline">
        <span>Counted on</span>
        <select value={state.by ?? 'click'} onChange={({ currentTarget }) => set({ by: currentTarget.value })}>
          <option value="click">date of the click</option>
          <option value="conversion">date of the conversion</option>
          <option value="booked">date of booking</option>
        </select>
      </label>
      <label class="field inline">
        <span>Money in</span>
        <select value={state.currency ?? ''} onChange={({ currentTarget }) => set({ currency: currentTarget.value })}>
          <option value="">each currency</option>
          {state.currency !== undefined && !currencies.some((one) => one === state.currency) && (
            <option value={state.currency}>{state.currency}</option>
          )}
          {currencies.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
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
