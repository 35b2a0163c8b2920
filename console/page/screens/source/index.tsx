import type { StoredDocument } from '../../api/answers';
import { Health } from './health';
import { LinkOfAds } from './link';
import { postbacksOf } from './postbacks';
import { useTemplates } from './templates';
import { Trial } from './trial';

/** Both ways between the tracker and a source: the link of its ads, and the reports of conversions to it. */
export function SourcePanels({ document }: { readonly document: StoredDocument }) {
  const templates = useTemplates().data?.items ?? [];
  const [first, ...rest] = postbacksOf(document);
  const template = templates.find(({ id }) => [first, ...rest].some((one) => one?.template === id));
  return (
    <>
      {/* A change of the document may end a suspension: a new version requests the health again. */}
      {first !== undefined && <Health key={document.version} source={document.id} />}
      <LinkOfAds document={document} template={template} />
      {first !== undefined && <Trial source={document.id} postbacks={[first, ...rest]} templates={templates} />}
    </>
  );
}
