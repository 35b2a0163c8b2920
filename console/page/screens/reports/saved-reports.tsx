import { pageOf, storedDocument, type StoredDocument } from '../../api/answers';
import { admin, ask, askText } from '../../api/client';
import { Failed } from '../../parts/panel';
import { ViewList, Views, type View } from '../../parts/views';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';
import { slugOf } from '../../state/slug';
import { savedContent, savedQuery, type ReportState } from './query';

/** Reports that the team saved under names. `tracker report --saved` asks for the same documents. */
export const SavedReports = ({ state }: { readonly state: ReportState }) => (
  <Views>{(close) => <List state={state} onChosen={close} />}</Views>
);

function List({ state, onChosen }: { readonly state: ReportState; readonly onChosen: () => void }) {
  const query = useAsk(admin('saved-reports'), pageOf(storedDocument), { query: { limit: 200 } });
  const present = savedContent(state);
  const here = hrefOf('reports', present);
  const viewOf = (document: StoredDocument): View => {
    const saved = savedQuery(document, new Date().toISOString().slice(0, 10));
    const href = saved === undefined ? undefined : hrefOf('reports', saved);
    return { id: document.id, name: document.name ?? document.id, href, isHere: href === here };
  };
  const versionOf = (id: string): number => query.data?.items.find((one) => one.id === id)?.version ?? 0;
  const save = async (name: string): Promise<void> => {
    const id = slugOf(name) || 'report';
    const body = { name, ...present, version: versionOf(id) };
    await ask('PUT', admin('saved-reports', id), storedDocument, { body });
    await query.refetch();
  };
  const drop = async ({ id }: View): Promise<void> => {
    await askText('DELETE', admin('saved-reports', id), { ifMatch: versionOf(id) });
    await query.refetch();
  };
  if (query.error !== null && query.data === undefined) {
    return <Failed error={query.error} again={() => void query.refetch()} />;
  }
  return (
    <ViewList
      views={query.data?.items.map(viewOf)}
      isShared
      hint="A saved report keeps groups, filters and period for the whole team; the command line has it, too."
      save={save}
      drop={drop}
      onChosen={onChosen}
    />
  );
}
