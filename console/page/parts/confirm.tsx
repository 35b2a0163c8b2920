import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAttempt } from '../state/attempt';
import { useSession } from '../state/session';
import { Act } from './act';
import { Dialog } from './dialog';
import { Failed } from './panel';

/** A button for what cannot be undone: a dialog explains it first, and shows what went wrong. */
export function ConfirmedAct({
  label,
  title,
  action = label,
  disabled = false,
  run,
  children,
}: {
  readonly label: string;
  /** The question of the dialog. */
  readonly title: string;
  /** The word of its button. */
  readonly action?: string;
  readonly disabled?: boolean;
  readonly run: () => Promise<void>;
  readonly children: ComponentChildren;
}) {
  const [asking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt();
  const { data: session } = useSession();
  const close = (): void => setAsking(false);
  return (
    <>
      <Act disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Act>
      {asking && (
        <Dialog title={title} onClose={close}>
          <div class="stack">
            {session?.protected === true && (
              <p>
                <span class="stage protected">{session.stage}</span>
              </p>
            )}
            {children}
            {problem !== undefined && <Failed error={problem} />}
            <div class="actions">
              <Act kind="danger" busy={busy} onClick={() => void attempt(() => run().then(close))}>
                {action}
              </Act>
              <button type="button" onClick={close}>
                Cancel
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
