import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isProblem, type Problem } from '../api/problem';
import { Copy, Moment } from './text';
import { stretchText } from './format';

const barAfterMilliseconds = 400;

/** A question and what has come of it; a query, or what behaves like one. */
export interface PanelQuery<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  readonly dataUpdatedAt: number;
  refetch(): Promise<unknown>;
}

/**
 * One part of a screen with five separate outcomes: pending, there, empty, rejected, failed. Old content stays during a request, with its
 * age where the request fails.
 */
export function Panel<Data>({
  title,
  query,
  empty,
  isEmpty,
  actions,
  children,
}: {
  readonly title?: string;
  readonly query: PanelQuery<Data>;
  /** The text of an empty part: its usual content, and the next step. */
  readonly empty?: ComponentChildren;
  readonly isEmpty?: (data: Data) => boolean;
  readonly actions?: ComponentChildren;
  readonly children: (data: Data) => ComponentChildren;
}) {
  const { data, error, isFetching, isPlaceholderData, dataUpdatedAt } = query;
  const again = (): void => void query.refetch();
  return (
    <section class="panel" aria-busy={isFetching && data === undefined} aria-label={title}>
      {(title !== undefined || actions !== undefined) && (
        <header class="panel-head">
          {title !== undefined && <h2>{title}</h2>}
          {actions !== undefined && <div class="actions">{actions}</div>}
        </header>
      )}
      {isFetching && <Bar />}
      {error !== null && data !== undefined && (
        <p class="stale" role="status">
          Could not refresh, showing <Moment at={new Date(dataUpdatedAt).toISOString()} />. {error.message}{' '}
          <button type="button" class="small" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {data === undefined && error !== null && <Failed error={error} again={again} />}
      {data === undefined && error === null && <Pending />}
      {data !== undefined &&
        (isEmpty?.(data) === true && !isPlaceholderData ? <div class="empty">{empty}</div> : children(data))}
    </section>
  );
}

/** Shown only where an answer takes long enough to wonder. */
function Bar() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), barAfterMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  return late ? <div class="bar" /> : null;
}

const Pending = () => <p class="pending">Loading…</p>;

const headings: Readonly<Record<Problem['kind'], string>> = {
  'session-ended': 'This tab is signed out.',
  'credentials-expired': 'Your AWS session has expired.',
  forbidden: 'Not allowed.',
  'read-only': 'Read-only.',
  'not-found': 'Not found.',
  conflict: 'It was changed meanwhile.',
  rejected: 'The request was rejected.',
  busy: 'Storage does not answer right now.',
  unreachable: 'No answer.',
  malformed: 'An unexpected answer.',
  failed: 'The tracker failed.',
};

/** The error and the next step, in words. */
export function Failed({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const known = isProblem(error) ? error : undefined;
  const { command, requestId, retryAfterSeconds, fields = [] } = known?.more ?? {};
  return (
    <div class={known?.kind === 'not-found' ? 'failed mild' : 'failed'} role="alert">
      <p>
        <strong>{known === undefined ? 'This page failed.' : headings[known.kind]}</strong> {error.message}
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ path, problem }) => (
            <li key={`${path} ${problem}`}>
              <code>{path}</code> {problem}
            </li>
          ))}
        </ul>
      )}
      {command !== undefined && (
        <p class="command">
          <code>{command}</code> <Copy text={command} what="the command" label="Copy" />
        </p>
      )}
      {retryAfterSeconds !== undefined && <p>It is asked again in {stretchText(retryAfterSeconds)}.</p>}
      {requestId !== undefined && (
        <p class="quiet">
          Request <code>{requestId}</code>
        </p>
      )}
      {again !== undefined && known?.kind !== 'not-found' && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The usual content, and the one next step. */
export function Empty({ children, next }: { readonly children: ComponentChildren; readonly next?: ComponentChildren }) {
  return (
    <>
      <p>{children}</p>
      {next !== undefined && <p>{next}</p>}
    </>
  );
}
