import type { Difference } from '../state/difference';
import { visibleText } from './format';

/** The changes, field by field, by word as well as by colour. */
export function Differences({ of: differences }: { readonly of: readonly Difference[] }) {
  if (differences.length === 0) return <p class="quiet">No difference.</p>;
  return (
    <ul class="differences">
      {differences.map(({ path, from, to }) => (
        <li key={path}>
          <code>{path}</code>{' '}
          {from === undefined ? (
            <>
              added <ins>{visibleText(to ?? '')}</ins>
            </>
          ) : to === undefined ? (
            <>
              removed <del>{visibleText(from)}</del>
            </>
          ) : (
            <>
              <del>{visibleText(from)}</del> → <ins>{visibleText(to)}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
