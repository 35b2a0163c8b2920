import { retryHoursOf } from '../../judgement/retry-hours';
import type { DuplicateMode } from '../../domain/values/duplicate-mode';
import { presetOfSheet, type SheetFacts } from './facts';
import { code, section, markdownTable } from './markdown';

const inPlainWords: Readonly<Record<DuplicateMode, string>> = {
  ignore:
    'The first counts. A repetition changes nothing; one with another amount is reported as a conflict, and changes nothing either.',
  update: 'The new content replaces the recorded one.',
  increment: 'The amount is added to the recorded one.',
  separate: 'Each counts as a separate conversion.',
  'separate-flagged': 'Each counts as a separate conversion, marked as a repetition.',
  'ignore-by-transaction':
    'With a transaction ID the first counts, and a repetition changes nothing. Without one, each counts as a separate conversion.',
};

export function duplicatesSection(facts: Pick<SheetFacts, 'integration'>): string {
  const { duplicates } = facts.integration;
  const usual = duplicates?.default ?? presetOfSheet(facts).duplicateMode;
  const events = Object.entries(duplicates?.events ?? {});
  return section(
    'Repetitions',
    'Two postbacks are of the same conversion if click ID, event and transaction ID are equal.',
    events.length === 0
      ? inPlainWords[usual]
      : markdownTable(
          ['Event', 'A repetition'],
          [...events.map(([event, mode]) => [code(event), inPlainWords[mode]]), ['every other', inPlainWords[usual]]],
        ),
    `Another *status* is a change of status, never a repetition. The same request within ${retryHoursOf(facts.integration)} hours is your own retry and ` +
      'counts once in every case. Send it again whenever you are not sure that we answered.',
  );
}
