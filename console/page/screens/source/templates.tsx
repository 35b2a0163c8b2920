import { pageOf, sourceTemplate } from '../../api/answers';
import { admin } from '../../api/client';
import { SystemChoice } from '../../parts/system-choice';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';

/** Every traffic source that the tracker knows. */
export const useTemplates = () => useAsk(admin('source-templates'), pageOf(sourceTemplate));

/** The word of the address for a source that no template knows. */
export const ownUrl = 'own-url';

export const TemplateChoice = () => (
  <SystemChoice
    title="Where do the visitors come from?"
    query={useTemplates()}
    systemsOf={({ items }) =>
      items.map(({ id, name, kind }) => ({ id, name, note: kind === 'network' ? undefined : 'conversion API' }))
    }
    other={{ id: ownUrl, name: 'Another source', note: 'a URL of your own, or none' }}
    href={({ id, name }) => hrefOf('sources/new', { template: id, ...(id !== ownUrl && { name }) })}
  />
);
