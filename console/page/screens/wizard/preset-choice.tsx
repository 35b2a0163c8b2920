import { pageOf, preset, type Preset } from '../../api/answers';
import { admin } from '../../api/client';
import { SystemChoice } from '../../parts/system-choice';
import { hrefOf } from '../../state/place';
import { useAsk } from '../../state/queries';

const usePresets = () => useAsk(admin('presets'), pageOf(preset));

/** The guide of a system; nothing while it loads, and for an unknown one. */
export function useGuide(id: string): { readonly guide: Preset | undefined; readonly isAsked: boolean } {
  const { data, isPending } = usePresets();
  return { guide: data?.items.find((one) => one.id === id), isAsked: isPending };
}

/** Every system that is known, and one for the rest. */
export const PresetChoice = () => (
  <SystemChoice
    title="Which system sends the postbacks?"
    query={usePresets()}
    systemsOf={({ items }) => items.filter(({ id }) => id !== 'generic').map(({ id, name }) => ({ id, name }))}
    other={{ id: 'generic', name: 'Another system', note: 'any other, or your own shop' }}
    href={({ id }) => hrefOf(`integrations/new/${id}/names`)}
  />
);
