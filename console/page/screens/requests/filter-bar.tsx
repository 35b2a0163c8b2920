import { useState } from 'preact/hooks';
import { Choice } from '../../parts/choice';
import { FilterChip } from '../../parts/filter-chip';
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
      <Choice
        label="Result"
        value={state.result}
        options={results.map((result) => [result, result.replace('_', ' ')] as const)}
        none="all"
        onChange={(result) => set({ result })}
      />
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
        <FilterChip key={one} name={`${filterLabels[one]} ${text}`} onRemove={() => set({ [one]: undefined })}>
          {filterLabels[one]}: <bdi>{visibleText(text)}</bdi>
        </FilterChip>
      ))}
    </div>
  );
}
