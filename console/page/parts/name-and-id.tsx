import { useEffect, useRef } from 'preact/hooks';
import { TextField } from './field';

/** The name of a new document, and the ID in URLs, which follows the name until somebody chooses another. */
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
  /** The message where another document has the ID. */
  readonly taken?: string | undefined;
  readonly onName: (name: string) => void;
  readonly onId: (id: string) => void;
}) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <TextField
        label="Name"
        hint={nameHint}
        input={first}
        value={name}
        required
        maxLength={200}
        spellcheck
        onInput={onName}
      />
      <TextField
        label="ID"
        hint={idHint}
        problem={taken}
        value={id}
        required
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
        onInput={onId}
      />
    </>
  );
}
