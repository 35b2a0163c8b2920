type Option = string | readonly [value: string, text: string];

const valueOf = (option: Option): string => (typeof option === 'string' ? option : option[0]);

/** One of several values to choose. A value of the address that is none of them stays visible. */
export function Choice({
  label,
  value,
  options,
  none,
  busy = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly Option[];
  /** The word for no choice; where there is none, one must be made. */
  readonly none?: string | undefined;
  /** The options are on their way. */
  readonly busy?: boolean;
  readonly onChange: (value: string | undefined) => void;
}) {
  const isStranger = value !== undefined && !options.some((option) => valueOf(option) === value);
  return (
    <label class="field inline">
      <span>{label}</span>
      <select
        aria-busy={busy}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {isStranger && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={valueOf(option)} value={valueOf(option)}>
            {typeof option === 'string' ? option : option[1]}
          </option>
        ))}
      </select>
    </label>
  );
}
