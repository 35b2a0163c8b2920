/** A field that narrows a list while somebody types. */
export function FindField({ value, onInput }: { readonly value: string; readonly onInput: (text: string) => void }) {
  return (
    <label class="field inline">
      <span>Find</span>
      <input
        type="search"
        value={value}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  );
}
