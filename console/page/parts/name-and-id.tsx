import { useEffect, useRef } from 'preact/hooks';

/** What a new document is called, and the ID that URLs carry, which follows the name until somebody chooses another. */
export function NameAndId({
  name,
  id,
  nameHint,
  idHint,
  taken,
  onName,
  onId,
}: {
  readonly name: string;
  readonly id: string;
  readonly nameHint: string;
  readonly idHint: string;
  /** What to say where the ID is of another already. */
  readonly taken?: string | undefined;
  readonly onName: (name: string) => void;
  readonly onId: (id: string) => void;
}) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <label class="field">
        <span>Name</span>
        <input
          ref={first}
          type="text"
          value={name}
          required
          maxLength={200}
          autocomplete="off"
          onInput={({ currentTarget }) => onName(currentTarget.value)}
        />
        <span class="hint">{nameHint}</span>
      </label>
      <label class="field">
        <span>ID</span>
        <input
          type="text"
          value={id}
          required
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => onId(currentTarget.value)}
        />
        <span class="hint">{idHint}</span>
        {taken !== undefined && (
          <span class="problem" role="alert">
            {taken}
          </span>
        )}
      </label>
    </>
  );
}
