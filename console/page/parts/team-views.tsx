import { pageOf, storedDocument, type StoredDocument } from '../api/answers';
import { admin, ask, askText } from '../api/client';
import type { Content } from '../state/difference';
import { useAsk } from '../state/queries';
import { slugOf } from '../state/slug';
import { Failed } from './panel';
import { ViewList, Views, type View } from './views';

interface Kept {
  /** The collection of the admin API that holds them. */
  readonly collection: string;
  /** The present content of the screen, as a document keeps it. */
  readonly present: Content;
  /** The address of one; `undefined` where this screen cannot show it. */
  readonly hrefOf: (document: StoredDocument) => string | undefined;
  readonly here: string;
  readonly hint: string;
}

/** Questions that the team keeps under names, as documents of the tracker. */
export const TeamViews = (kept: Kept) => <Views>{(close) => <List {...kept} onChosen={close} />}</Views>;

function List({ collection, present, hrefOf, here, hint, onChosen }: Kept & { readonly onChosen: () => void }) {
  const query = useAsk(admin(collection), pageOf(storedDocument), { query: { limit: 200 } });
  const viewOf = (document: StoredDocument): View => {
    const href = hrefOf(document);
    return { id: document.id, name: document.name ?? document.id, href, isHere: href === here };
  };
  const versionOf = (id: string): number => query.data?.items.find((one) => one.id === id)?.version ?? 0;
  const save = async (name: string): Promise<void> => {
    const id = slugOf(name) || 'view';
    const body = { name, ...present, version: versionOf(id) };
    await ask('PUT', admin(collection, id), storedDocument, { body });
    await query.refetch();
  };
  const drop = async ({ id }: View): Promise<void> => {
    await askText('DELETE', admin(collection, id), { ifMatch: versionOf(id) });
    await query.refetch();
  };
  if (query.error !== null && query.data === undefined) {
    return <Failed error={query.error} again={() => void query.refetch()} />;
  }
  return <ViewList views={query.data?.items.map(viewOf)} hint={hint} save={save} drop={drop} onChosen={onChosen} />;
}
