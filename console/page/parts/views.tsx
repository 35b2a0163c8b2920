import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAttempt } from '../state/attempt';
import { Act } from './act';
import { Dialog } from './dialog';
import { TextField } from './field';
import { visibleText } from './format';
import { Failed } from './panel';

/** A question under a name. The address stays the state: a view is an address to go to. */
export interface View {
  readonly id: string;
  readonly name: string;
  /** `undefined` where this screen cannot show it. */
  readonly href: string | undefined;
  /** It is what the screen shows now. */
  readonly isHere: boolean;
}

/** The button that opens the views of a screen. */
export function Views({ children }: { readonly children: (close: () => void) => ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Views
      </button>
      {open && (
        <Dialog title="Saved views" onClose={close}>
          {children(close)}
        </Dialog>
      )}
    </>
  );
}

/** The views, each with a way to delete it, and a form that saves what the screen shows now. */
export function ViewList({
  views,
  hint,
  save,
  drop,
  onChosen,
}: {
  /** `undefined` while they are on their way. */
  readonly views: readonly View[] | undefined;
  readonly hint: string;
  readonly save: (name: string) => Promise<void>;
  readonly drop: (view: View) => Promise<void>;
  readonly onChosen: () => void;
}) {
  const [name, setName] = useState('');
  const { busy, problem, attempt } = useAttempt();
  return (
    <div class="stack">
      {views === undefined && <p class="pending">Loading…</p>}
      {views?.length === 0 && <p class="quiet">None yet. {hint}</p>}
      <ul class="views">
        {views?.map((view) => (
          <li key={view.id}>
            {view.href === undefined ? (
              <span class="quiet">
                <bdi>{visibleText(view.name)}</bdi>: its period has times of day, which only the command line shows.
              </span>
            ) : (
              <a href={view.href} aria-current={view.isHere ? 'true' : undefined} onClick={onChosen}>
                <bdi>{visibleText(view.name)}</bdi>
              </a>
            )}
            <Act kind="icon" label={`Delete the view ${view.name}`} onClick={() => void attempt(() => drop(view))}>
              ✕
            </Act>
          </li>
        ))}
      </ul>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => save(name.trim()).then(() => setName('')));
        }}
      >
        <TextField
          label="Name"
          hint="Saves what the screen shows now. A view of the same name is replaced."
          value={name}
          required
          maxLength={100}
          spellcheck
          onInput={setName}
        />
        {problem !== undefined && <Failed error={problem} />}
        <p class="actions">
          <Act kind="primary" type="submit" busy={busy}>
            Save this view
          </Act>
        </p>
      </form>
    </div>
  );
}
