import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useSession } from '../state/session';
import { visibleText } from './format';

/** The head of a screen: its name, which is the title of the tab as well, and what can be done on it. */
export function Screen({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { data } = useSession();
  useEffect(() => {
    document.title = `${visibleText(title)} · ${data === undefined ? 'postback-tracker' : data.stage.toUpperCase()}`;
  }, [title, data]);
  return (
    <main id="main" tabIndex={-1}>
      <header class="screen-head">
        <div>
          <h1 dir="auto">{visibleText(title)}</h1>
          {about !== undefined && <p class="about">{about}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
