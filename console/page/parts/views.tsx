import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { root } from '../state/place';
import { dropView, keepView, savedViews } from '../state/saved-views';
import { Dialog } from './dialog';
import { visibleText } from './format';

/** Questions of this screen that were saved under a name. The address stays the state: a view is an address to go to. */
export function Views({ screen }: { readonly screen: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Views
      </button>
      {open && (
        <Dialog title="Saved views" onClose={() => setOpen(false)}>
          <Saved screen={screen} onChosen={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function Saved({ screen, onChosen }: { readonly screen: string; readonly onChosen: () => void }) {
  const { url } = useLocation();
  const [views, setViews] = useState(() => savedViews(screen));
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const present = queryOf(url);
  const save = (): void => {
    const isKept = keepView(screen, { name: name.trim(), query: present });
    setProblem(isKept ? undefined : 'This browser keeps nothing for this page. Bookmark the address instead.');
    if (isKept) setName('');
    setViews(savedViews(screen));
  };
  return (
    <div class="stack">
      {views.length === 0 ? (
        <p class="quiet">None yet. A view keeps filters and period under a name, in this browser.</p>
      ) : (
        <ul class="views">
          {views.map((view) => (
            <li key={view.name}>
              <a
                href={`${root}${screen}${view.query === '' ? '' : `?${view.query}`}`}
                aria-current={view.query === present ? 'true' : undefined}
                onClick={onChosen}
              >
                <bdi>{visibleText(view.name)}</bdi>
              </a>
              <button
                type="button"
                class="icon"
                aria-label={`Delete the view ${view.name}`}
                onClick={() => {
                  dropView(screen, view.name);
                  setViews(savedViews(screen));
                }}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label class="field">
          <span>Name</span>
          <input
            type="text"
            value={name}
            required
            maxLength={100}
            autocomplete="off"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <span class="hint">Of what is shown now. A view of the same name is replaced.</span>
        </label>
        {problem !== undefined && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <p class="actions">
          <button type="submit" class="primary">
            Save this view
          </button>
        </p>
      </form>
    </div>
  );
}

/** What of the address is the question; the zone is how it is read. */
function queryOf(url: string): string {
  const query = new URL(url, location.origin).searchParams;
  query.delete('tz');
  return query.toString();
}
