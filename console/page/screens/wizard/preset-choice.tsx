import { pageOf, preset, type Preset } from '../../api/answers';
import { admin } from '../../api/client';
import { FindField } from '../../parts/find-field';
import { Panel } from '../../parts/panel';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { useAsk } from '../../state/queries';

const usePresets = () => useAsk(admin('presets'), pageOf(preset));

/** What is known of a system; nothing while it is asked, and of one that is unknown. */
export function useGuide(id: string): { readonly guide: Preset | undefined; readonly isAsked: boolean } {
  const { data, isPending } = usePresets();
  return { guide: data?.items.find((one) => one.id === id), isAsked: isPending };
}

/** Every system that is known, and one for the rest. */
export function PresetChoice() {
  const query = usePresets();
  const { state, set } = usePlace({ find: text });
  const { find = '' } = state;
  return (
    <Panel
      title="Which system sends the postbacks?"
      query={query}
      actions={<FindField value={find} onInput={(value) => set({ find: value }, 'replace')} />}
    >
      {({ items }) => {
        const found = items.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(find.trim().toLowerCase()));
        return (
          <ul class="choices">
            {found.map(({ id, name }) => (
              <li key={id}>
                <a href={hrefOf(`integrations/new/${id}/names`)}>
                  <strong>{name}</strong>
                  {id === 'generic' ? <span class="quiet">any other system, or your own shop</span> : <code>{id}</code>}
                </a>
              </li>
            ))}
            {found.length === 0 && (
              <li>
                <a href={hrefOf('integrations/new/generic/names')}>
                  <strong>Another system</strong>
                  <code>generic</code>
                </a>
              </li>
            )}
          </ul>
        );
      }}
    </Panel>
  );
}
