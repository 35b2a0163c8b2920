import { answersSection } from './answers';
import { authenticationSection } from './authentication';
import { batchSection } from './batch';
import { browserSection } from './browser';
import { changesSection } from './changes';
import { connectionSection } from './connection';
import { duplicatesSection } from './duplicates';
import { presetOfSheet, type SheetFacts } from './facts';
import { plain } from './markdown';
import { moneySection } from './money';
import { parametersSection } from './parameters';
import { testingSection } from './testing';
import { eventsSection, statusesSection } from './vocabulary';

/** Everything that the other side needs to send us postbacks, as Markdown to hand over. */
export function sheetOf(facts: SheetFacts): string {
  const { integration, id, versions } = facts;
  const [newest] = versions;
  const since =
    newest === undefined ? '' : `, version ${newest.version} of ${new Date(newest.changedAt).toISOString()}`;
  const sections = [
    connectionSection(facts),
    parametersSection(facts),
    statusesSection(facts),
    eventsSection(facts),
    moneySection(facts),
    answersSection(facts),
    duplicatesSection(facts),
    authenticationSection(facts),
    batchSection(facts),
    browserSection(facts),
    testingSection(facts),
    changesSection(facts),
  ];
  return `# Postbacks of ${plain(integration.name)}

This sheet shows how to report conversions to us: integration \`${id}\` (${plain(presetOfSheet(facts).name)})${since}.

${sections.join('\n\n')}
`;
}
