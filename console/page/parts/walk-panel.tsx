import type { ComponentChildren } from 'preact';
import { mostRows, type Walk } from '../state/walk';
import { countText } from './format';
import { Failed } from './panel';
import { Moment } from './text';

/** A list that is walked back through the log: its rows, then its progress, the way to stop it and to continue. */
export function WalkPanel({
  label,
  title,
  actions,
  walk,
  shown = walk.rows.length,
  empty,
  children,
}: {
  readonly label: string;
  readonly title?: string;
  readonly actions?: ComponentChildren;
  readonly walk: Walk<unknown>;
  /** Rows on the screen, where they are more than those of the walk. */
  readonly shown?: number;
  /** The text where the whole period has nothing. */
  readonly empty: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="panel" aria-label={label} aria-busy={walk.looking}>
      {title !== undefined && (
        <header class="panel-head">
          <h2>{title}</h2>
          {actions !== undefined && <div class="actions">{actions}</div>}
        </header>
      )}
      {walk.looking && <div class="bar" />}
      {walk.error !== null && <Failed error={walk.error} again={walk.again} />}
      {children}
      {walk.error === null && <Ending walk={walk} shown={shown} empty={empty} />}
    </section>
  );
}

function Ending({
  walk,
  shown,
  empty,
}: {
  readonly walk: Walk<unknown>;
  readonly shown: number;
  readonly empty: ComponentChildren;
}) {
  if (walk.done) {
    if (shown === 0) return <div class="empty">{empty}</div>;
    return <p class="ending">That is all of the period.</p>;
  }
  const back = walk.lookedBackTo === undefined ? undefined : <Moment at={new Date(walk.lookedBackTo).toISOString()} />;
  if (walk.looking) {
    return (
      <p class="ending" role="status">
        Looking{back !== undefined && <>; back to {back} so far</>}.{' '}
        <button type="button" class="small" onClick={walk.stop}>
          Stop
        </button>
      </p>
    );
  }
  if (walk.rows.length >= mostRows) {
    return (
      <p class="ending" role="status">
        {countText(mostRows)} shown, which is the most at once. Choose a shorter period or more filters to see the rest.
      </p>
    );
  }
  return (
    <p class="ending" role="status">
      {shown === 0 ? 'None found yet' : `${countText(shown)} shown`}
      {back !== undefined && <>, looked back to {back}</>}.{' '}
      <button type="button" onClick={walk.more}>
        {shown === 0 ? 'Go on' : 'Show more'}
      </button>
    </p>
  );
}
