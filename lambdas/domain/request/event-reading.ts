import type { Campaign } from '../configuration/campaign';
import type { Integration } from '../configuration/integration';
import type { Preset } from '../presets';
import { ownValue } from '../text/own-value';
import { foldedWord, plainValue, unquoted } from '../text/percent-encoding';
import { read, reject, type Read, type Rejection } from '../values/rejection';
import { maximumEventLength } from './claim';
import { doubtAbout, isRejectionEvent, isReversalEvent, type EventDoubt } from './common-words';
import { isFailureOfSale, stepOf, type EventStep } from './event-step';
import type { FieldValue } from './parameter-index';

const defaultEvent = 'conversion';

/** The word that statuses and events may be mapped to where they are no conversion. */
export const ignore = 'ignore';

export interface EventRules {
  readonly integration: Integration;
  readonly preset: Preset;
  readonly campaign: Campaign | undefined;
}

/** The word of a field in the letters that were meant; empty where none came. */
export const wordOf = (value: FieldValue | undefined): string => unquoted(plainValue(value?.text ?? ''));

export interface EventReading {
  readonly name: string;
  /** The status that the name itself asks for: it takes back what was said before. */
  readonly takesBack?: 'reversed' | 'rejected';
  /** Whether the name came from the sender. */
  readonly isNamed: boolean;
  /** The sender's name for the event, where a mapping changed it. */
  readonly sentAs?: string;
  /** The integration, its preset or its campaign knows the word. */
  readonly isMapped?: true;
  /** The word names a step of a sale, and no separate conversion. */
  readonly step?: EventStep;
  /** It is mapped to nothing that counts. */
  readonly isIgnored?: true;
  /** The word leaves open what happened, and so adds nothing unless a status says it. */
  readonly open?: { readonly about: EventDoubt; readonly rejection: Rejection };
}

/** The reading of a postback without an event. */
export const noEvent: EventReading = { name: defaultEvent, isNamed: false };

/** Reads the word of an event: its event, and the status that it implies. */
export function readEvent(
  value: FieldValue | undefined,
  { integration, preset, campaign }: EventRules,
): Read<EventReading> {
  const word = wordOf(value);
  const sent = word.toLowerCase();
  if (value === undefined || sent === '') return read(noEvent);
  const mapped = lookUp(integration.events, sent) ?? lookUp(preset.events, sent);
  const event = mapped ?? sent;
  if (mapped === ignore) return read({ name: defaultEvent, isNamed: false, isIgnored: true });
  const isReversal = [word, event].some((one) => isReversalEvent(one, preset.reversalEvents));
  // A reversal by its own word names no conversion; one that is mapped to another event names that.
  if (isReversal && isReversalEvent(mapped ?? word, preset.reversalEvents)) {
    return read({ name: defaultEvent, takesBack: 'reversed', isNamed: false });
  }
  if (mapped === undefined && isRejectionEvent(word)) {
    return read({ name: defaultEvent, takesBack: 'rejected', isNamed: false });
  }
  const shown = `"${value.parameter.slice(0, 64)}"`;
  if (event.length > maximumEventLength || hasControlCharacter(event)) {
    return reject(
      'EVENT_UNKNOWN',
      `${shown} is no event name: a name has up to ${maximumEventLength} characters and no control characters.`,
    );
  }
  if (integration.strictEvents === true) {
    const known = new Set([
      ...Object.values(integration.events ?? {}),
      ...Object.values(preset.events),
      ...Object.keys(campaign?.events ?? {}),
      defaultEvent,
    ]);
    if (!known.has(event)) {
      return reject(
        'EVENT_UNKNOWN',
        `${shown} came as "${value.text.slice(0, 64)}". This integration takes ${[...known].join(', ')}; add the word to its events to take more.`,
      );
    }
  }
  // An event with its own payout or mode is known to the operator.
  const isKnown =
    mapped !== undefined || isAmong(campaign?.events, event) || isAmong(integration.duplicates?.events, event);
  const about = isKnown ? undefined : doubtAbout(word, preset.reversalEvents);
  const open = about && { open: { about, rejection: openWord(value, about) } };
  if (!isKnown && preset.freeStatuses === true) {
    const step = open === undefined ? stepOf(word) : undefined;
    if (step !== undefined) return read({ ...noEvent, step });
    if (about !== undefined && isFailureOfSale(word)) return read({ ...noEvent, ...open });
  }
  return read({
    name: event,
    ...(isReversal && { takesBack: 'reversed' as const }),
    isNamed: true,
    ...(isKnown && { isMapped: true as const }),
    ...(event !== sent && { sentAs: sent }),
    ...open,
  });
}

function openWord({ parameter, text }: FieldValue, about: EventDoubt): Rejection {
  const came = text.slice(0, 64);
  const meaning =
    about === 'reversal'
      ? `which may take a sale back or not. Set events of the integration to {"${came}": "ignore"}, or to "refund"`
      : `which may be no payment. Set events of the integration to {"${came}": "ignore"}, or to the event that it is`;
  return {
    reason: 'EVENT_UNKNOWN',
    message: `"${parameter.slice(0, 64)}" came as "${came}", ${meaning}, then replay.`,
  };
}

function isAmong(words: Readonly<Record<string, unknown>> | undefined, event: string): boolean {
  return ownValue(words, event) !== undefined;
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((letter) => letter < ' ' || letter === '\u007f');
}

function lookUp(words: Readonly<Record<string, string>> | undefined, sent: string): string | undefined {
  const folded = foldedWord(sent);
  return Object.entries(words ?? {}).find(([theirs]) => foldedWord(theirs) === folded)?.[1];
}
