import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { ViewList, Views } from '../../parts/views';
import { root } from '../../state/place';
import { dropView, keepView, savedViews } from '../../state/saved-views';

const screen = 'requests';

/** Filters and period of the log under names, in this browser: no document of the tracker holds them. */
export const LogViews = () => <Views>{(close) => <List onChosen={close} />}</Views>;

function List({ onChosen }: { readonly onChosen: () => void }) {
  const { url } = useLocation();
  const [views, setViews] = useState(() => savedViews(screen));
  const present = queryOf(url);
  const change = async (isKept: boolean): Promise<void> => {
    setViews(savedViews(screen));
    if (!isKept) throw new Error('This browser keeps nothing for this page. Bookmark the address instead.');
  };
  return (
    <ViewList
      views={views.map(({ name, query }) => ({
        id: name,
        name,
        href: `${root}${screen}${query === '' ? '' : `?${query}`}`,
        isHere: query === present,
      }))}
      hint="A view keeps filters and period under a name, in this browser."
      save={(name) => change(keepView(screen, { name, query: present }))}
      drop={({ name }) => change(dropView(screen, name))}
      onChosen={onChosen}
    />
  );
}

/** What of the address is the question; the zone is how it is read. */
function queryOf(url: string): string {
  const query = new URL(url, location.origin).searchParams;
  query.delete('tz');
  return query.toString();
}
