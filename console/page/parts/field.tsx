import type { ComponentChildren, InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';

interface Said {
  readonly label: string;
  /** The way to fill it in. Screen readers read it after the name, which is the label alone. */
  readonly hint?: ComponentChildren;
  /** The problem of its content. */
  readonly problem?: ComponentChildren;
}

interface Control {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
}

/** A control with its label, its hint and its problem. */
export function Field({
  label,
  hint,
  problem,
  children,
}: Said & { readonly children: (control: Control) => ComponentChildren }) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(Boolean);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': described.join(' ') || undefined })}
      {hint !== undefined && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
      {problem !== undefined && (
        <span id={`${id}-problem`} class="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** A line of text that a person types. */
export function TextField({
  label,
  hint,
  problem,
  input,
  onInput,
  ...rest
}: Said &
  Omit<InputHTMLAttributes, 'label' | 'onInput'> & {
    readonly input?: Ref<HTMLInputElement>;
    readonly onInput: (text: string) => void;
  }) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <input
          ref={input ?? null}
          type="text"
          autocomplete="off"
          spellcheck={false}
          {...rest}
          {...control}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
