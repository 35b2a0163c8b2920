import { TeamViews } from '../../parts/team-views';
import { hrefOf } from '../../state/place';
import { defaultSince, savedFields, type LogState } from './query';

type Texts = Readonly<Record<string, unknown>>;

/** What of an address, or of a document, is the question: live or not is how it is looked at. */
function searchOf(texts: Texts): Readonly<Record<string, string>> {
  const named = savedFields.flatMap((name) => {
    const value = texts[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(named);
}

/** Filters and period of the log that the team saved under names. A relative period stays relative. */
export function LogViews({ state }: { readonly state: LogState }) {
  const present = searchOf({ since: defaultSince, ...state });
  return (
    <TeamViews
      collection="saved-searches"
      present={present}
      here={hrefOf('requests', present)}
      hrefOf={(document) => hrefOf('requests', searchOf(document))}
      hint="A view keeps filters and period for the whole team."
    />
  );
}
