import type { ComponentChildren } from 'preact';
import { Act } from './act';
import { Dialog } from './dialog';
import { Failed } from './panel';

/** Asks before something that cannot be undone, says what it means, and shows what went wrong where it was asked. */
export function Confirm({
  title,
  action,
  busy,
  problem,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** The word of the button. */
  readonly action: string;
  readonly busy: boolean;
  readonly problem?: Error | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack">
        {children}
        {problem !== undefined && <Failed error={problem} />}
        <div class="actions">
          <Act kind="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Act>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </div>
    </Dialog>
  );
}
