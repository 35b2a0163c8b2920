import { useState } from 'preact/hooks';
import { visibleText } from '../../parts/format';
import { filterLabels, filtersOf, results, type FilterName, type LogState } from './query';

type Set = (change: Readonly<Partial<Record<FilterName, string | undefined>>>) => void;

const typed: readonly FilterName[] = [
  'integration',
  'campaign',
  'reason',
  'warning',
  'transactionId',
  'clickId',
  'batchId',
  'keyId',
];

/** Filters as they are, each with its way out, and one form to add another. */
export function FilterBar({ state, set }: { readonly state: LogState; readonly set: Set }) {
  const [name, setName] = useState<FilterName>('integration');
  const [value, setValue] = useState('');
  const filters = filtersOf(state).filter(([one]) => one !== 'result');
  return (
    <div class="filters">
      <label class="field inline">
        <span>Result</span>
        <select value={state.result ?? ''} onChange={({ currentTarget }) => set({ result: currentTarget.value })}>
          <option value="">all</option>
          {results.map((result) => (
            <option key={result} value={result}>
              {result.replace('_', ' ')}
            </option>
          ))}
        </select>
      </label>
      <form
        class="field inline"
        onSubmit={(event) => {
          event.preventDefault();
          if (value.trim() !== '') set({ [name]: value.trim() });
          setValue('');
        }}
      >
        <label>
          <span class="hidden">Filter by</span>
          <select
            value={name}
            onChange={({ currentTarget }) => setName(typed.find((one) => one === currentTarget.value) ?? 'integration')}
          >
            {typed.map((one) => (
              <option key={one} value={one}>
                {filterLabels[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="hidden">{filterLabels[name]} is</span>
          <input
            type="text"
            value={value}
            placeholder="is exactly …"
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => setValue(currentTarget.value)}
          />
        </label>
        <button type="submit">Filter</button>
      </form>
      {filters.map(([one, text]) => (
        <button
          key={one}
          type="button"
          class="chip"
          aria-label={`Remove the filter ${filterLabels[one]} ${text}`}
          onClick={() => set({ [one]: undefined })}
        >
          {filterLabels[one]}: <bdi>{visibleText(text)}</bdi> <span aria-hidden="true">✕</span>
        </button>
      ))}
    </div>
  );
}
