import { conversionStatuses, transitionsFrom } from '../../domain/values/status';
import { parameterName } from '../integrations/postback-url';
import { presetOfSheet, type SheetFacts } from './facts';
import { code, codes, section, markdownTable } from './markdown';

type Facts = Pick<SheetFacts, 'integration'>;

/** The sender's words for a status, in the order in which they are looked up, and ours. */
export function statusesSection(facts: Facts): string {
  const { integration } = facts;
  const preset = presetOfSheet(facts);
  const ours = Object.fromEntries(conversionStatuses.map((status) => [status, status]));
  const words = merged(integration.statuses, preset.statuses, ours);
  return section(
    'Statuses',
    `We read these words in ${code(parameterName(integration, 'status'))}, in upper or lower case. Any other word is rejected. ` +
      `The default is ${code(preset.defaultStatus)}.`,
    markdownTable(
      ['Your word', 'Read as'],
      words.map(([theirs, status]) => [code(theirs), code(status)]),
    ),
    'Send the postback again with another status to change it: same click ID, event and transaction ID.',
    markdownTable(
      ['From', 'To'],
      conversionStatuses.map((status) => [code(status), codes(transitionsFrom(status))]),
    ),
  );
}

export function eventsSection(facts: Facts): string {
  const { integration } = facts;
  const words = merged(integration.events, presetOfSheet(facts).events);
  const name = code(parameterName(integration, 'event'));
  return section(
    'Events',
    words.length > 0
      ? markdownTable(
          ['Your word', 'Recorded as'],
          words.map(([theirs, event]) => [code(theirs), code(event)]),
        )
      : undefined,
    integration.strictEvents === true
      ? `Only agreed events are accepted in ${name}, in upper or lower case: those above under either name, those that the campaign has a ` +
          `payout for, and ${code('conversion')}. Any other is rejected.`
      : `${words.length > 0 ? 'Any other' : 'Any'} name of up to 64 characters in ${name} is a separate event, in upper or lower case.`,
  );
}

/** Merges words, where the first mapping with a word decides, as judgement looks them up: their case does not count. */
function merged(
  ...mappings: readonly (Readonly<Record<string, string>> | undefined)[]
): readonly (readonly [string, string])[] {
  const words = new Map<string, readonly [string, string]>();
  for (const mapping of mappings) {
    for (const [theirs, ours] of Object.entries(mapping ?? {})) {
      const folded = theirs.trim().toLowerCase();
      if (!words.has(folded)) words.set(folded, [theirs, ours]);
    }
  }
  return [...words.values()];
}
