import type { ComponentChildren } from 'preact';

/** A URL with macros, and what they become. */
export function UrlField({
  label,
  value,
  placeholder,
  required = false,
  onInput,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly required?: boolean;
  readonly onInput: (url: string) => void;
  readonly children: ComponentChildren;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="url"
        value={value}
        required={required}
        size={72}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {children}
    </label>
  );
}
