import type { ComponentChildren } from 'preact';
import { mostRows, type Walk } from '../state/walk';
import { countText } from './format';
import { Moment } from './text';

/** The end of a list that is walked back through the log: how far it has come, how to stop it, how to go on, and what there is not. */
export function WalkEnding({
  walk,
  shown = walk.rows.length,
  empty,
}: {
  readonly walk: Walk<unknown>;
  /** Rows on the screen, where they are more than those of the walk. */
  readonly shown?: number;
  /** What to say where the whole period has nothing. */
  readonly empty: ComponentChildren;
}) {
  if (walk.error !== null) return null;
  if (walk.done) {
    if (shown === 0) return <div class="empty">{empty}</div>;
    return <p class="ending quiet">That is all of the period.</p>;
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
