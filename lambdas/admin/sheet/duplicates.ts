import type { DuplicateMode } from '../../domain/values/duplicate-mode';
import { presetOfSheet, type SheetFacts } from './facts';
import { code, section, markdownTable } from './markdown';

const inPlainWords: Readonly<Record<DuplicateMode, string>> = {
  ignore:
    'The first stands. A repetition changes nothing; one with another amount is told as a conflict, and changes nothing either.',
  update: 'The new content replaces what was recorded.',
  increment: 'The amount is added to what was recorded.',
  separate: 'Each counts as a conversion of its own.',
  'separate-flagged': 'Each counts as a conversion of its own, marked as a repetition.',
  'ignore-by-transaction':
    'With a transaction ID the first stands, and a repetition changes nothing. Without one, each counts as a conversion of its own.',
};

export function duplicatesSection(facts: Pick<SheetFacts, 'integration'>): string {
  const { duplicates } = facts.integration;
  const usual = duplicates?.default ?? presetOfSheet(facts).duplicateMode;
  const events = Object.entries(duplicates?.events ?? {});
  return section(
    'Repetitions',
    'Two postbacks are of the same conversion when click ID, event and transaction ID are the same. What then happens:',
    events.length === 0
      ? inPlainWords[usual]
      : markdownTable(
          ['Event', 'A repetition'],
          [...events.map(([event, mode]) => [code(event), inPlainWords[mode]]), ['every other', inPlainWords[usual]]],
        ),
    'Another *status* is a change of status, never a repetition. The very same request within 10 minutes is taken for your own ' +
      'second try and counts once, whatever stands above: send again whenever you are not sure that we answered.',
  );
}
