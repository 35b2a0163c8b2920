import { conditionsOf, conditionText } from '../state/conditions';
import { visibleText } from './format';
import { FilterChip } from './filter-chip';

/** The conditions of a report or of the rows behind it, each with its way out. */
export function Conditions({
  filter,
  onChange,
}: {
  readonly filter: string | undefined;
  readonly onChange: (filter: string) => void;
}) {
  const conditions = conditionsOf(filter);
  return (
    <>
      {conditions.map((condition) => (
        <FilterChip
          key={condition}
          name={conditionText(condition)}
          onRemove={() => onChange(conditions.filter((one) => one !== condition).join(','))}
        >
          <bdi>{visibleText(conditionText(condition))}</bdi>
        </FilterChip>
      ))}
    </>
  );
}
