import { TeamViews } from '../../parts/team-views';
import { hrefOf } from '../../state/place';
import { defaultSince, savedFields, type LogState } from './query';

type Texts = Readonly<Record<string, unknown>>;

/** The search in an address, or in a document: live or not is no part of it. */
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
