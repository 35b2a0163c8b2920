import { TeamViews } from '../../parts/team-views';
import { hrefOf } from '../../state/place';
import { savedContent, savedQuery, type ReportState } from './query';

/** Reports that the team saved under names. `tracker report --saved` asks for the same documents. */
export function SavedReports({ state }: { readonly state: ReportState }) {
  const present = savedContent(state);
  return (
    <TeamViews
      collection="saved-reports"
      present={present}
      here={hrefOf('reports', present)}
      hrefOf={(document) => {
        const saved = savedQuery(document, new Date().toISOString().slice(0, 10));
        return saved === undefined ? undefined : hrefOf('reports', saved);
      }}
      hint="A saved report keeps groups, filters and period for the whole team; the command line has it, too."
    />
  );
}
