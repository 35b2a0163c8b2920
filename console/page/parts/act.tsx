import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useReadOnly } from '../state/session';

/** A button that changes something. On a read-only stage it stays where it is, disabled, and says why. */
export function Act({
  onClick,
  busy = false,
  disabled = false,
  kind = 'plain',
  label,
  type = 'button',
  children,
}: {
  readonly onClick?: () => void;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly kind?: 'plain' | 'primary' | 'danger' | 'icon';
  /** Its name, where its text is a sign. */
  readonly label?: string;
  readonly type?: 'button' | 'submit';
  readonly children: ComponentChildren;
}) {
  const reason = useReadOnly();
  const id = useId();
  return (
    <span class="act">
      <button
        type={type}
        class={kind === 'plain' ? undefined : kind}
        disabled={reason !== undefined || busy || disabled}
        aria-label={label}
        aria-describedby={reason === undefined ? undefined : id}
        title={reason}
        onClick={onClick}
      >
        {busy ? 'Working…' : children}
      </button>
      {reason !== undefined && (
        <span id={id} class="hidden">
          {reason}
        </span>
      )}
    </span>
  );
}
