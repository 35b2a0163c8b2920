import type { AmountFormat } from '../values/amount';
import type { DuplicateMode } from '../values/duplicate-mode';
import type { ConversionStatus, StatusWord } from '../values/status';

/** The fields of a postback; each is read from the parameters that an integration's preset names for it. */
export const postbackFields = [
  'clickId',
  'amount',
  'transactionId',
  'event',
  'status',
  'currency',
  'timestamp',
] as const;

export type PostbackField = (typeof postbackFields)[number];

/** The content of a body's parameter: present, absent, or a value in any case. */
export interface BodyMark {
  readonly parameter: string;
  readonly is: 'present' | 'absent' | { readonly value: string };
}

/** Names that come before the others of their field in bodies of one kind. */
export interface PresetVariant {
  readonly where: BodyMark;
  readonly parameters: Partial<Record<PostbackField, readonly string[]>>;
}

/**
 * The postbacks of one system, as data. A preset holds facts, each with its source; a fact without one is omitted. Names and words are
 * matched without regard to case.
 */
export interface Preset {
  readonly id: string;
  /** The system's own name, as its users write it. */
  readonly name: string;
  /** Parameter names by field, in order of preference. An omitted field takes the generic names. */
  readonly parameters: Partial<Record<PostbackField, readonly string[]>>;
  /** Names of bodies of one kind: an invoice has another number of the payment than a charge. The first that fits a field counts. */
  readonly variants?: readonly PresetVariant[];
  /** Marks of the system's tests, beside `test=1`. */
  readonly testMarks?: readonly BodyMark[];
  /** The system's status words. The four words of ours are always understood beside them. */
  readonly statuses: Readonly<Record<string, StatusWord>>;
  /** The status of a postback that names none. */
  readonly defaultStatus: ConversionStatus;
  /** The system's event names or numbers, where they differ from ours. */
  readonly events: Readonly<Record<string, string>>;
  /** The system's event words that report a reversal, beside `refund`, `chargeback` and the like, which every preset knows. */
  readonly reversalEvents?: readonly string[];
  /** The system's status words, in small letters, for a reversal that ended in favour of the sale: they give back what it took. */
  readonly reinstatingStatuses?: readonly string[];
  /** The status is whatever each user writes: words that mean the same everywhere are understood beside `statuses`. */
  readonly freeStatuses?: true;
  /** Parameters of the system's URLs that list words for a status: `lead_status=2,5` makes 2 and 5 mean what is named here. */
  readonly statusParameters?: Readonly<Record<string, StatusWord>>;
  /** The system's format of amounts; `1234.56` where this is absent. */
  readonly amountFormat?: AmountFormat;
  /** Parameters in which a reversal names what was taken back in all, where its amount is what was charged. */
  readonly reversedInAll?: readonly string[];
  /** Parameters in which a sale names what was refunded of it so far, each a sum, or with `*` the sums of a list. */
  readonly refundedSoFar?: readonly string[];
  /** Parameters with the order that a sale and its refund share, where each has a separate transaction ID. */
  readonly orderParameters?: readonly string[];
  /** The IANA time zone of times that name none; UTC where this is absent. */
  readonly timeZone?: string;
  readonly duplicateMode: DuplicateMode;
  /** Modes of the paths, in small letters, that say what a postback is for. */
  readonly pathModes?: Readonly<Record<string, DuplicateMode>>;
  /** The token a person writes into this system's URL for each field: `{aff_sub}`, `#s2#`, … */
  readonly tokens: Partial<Record<PostbackField, string>>;
  /** Whether an amount comes with a decimal comma from this system. */
  readonly decimalComma?: boolean;
  /** Whether an amount comes in the currency's smallest unit: 1250 for 12.50 USD, 1250 for 1250 JPY. */
  readonly amountInMinorUnits?: boolean;
  /** Digits of the smallest units of currencies in which the system and ISO 4217 differ. */
  readonly minorDigits?: Readonly<Record<string, number>>;
  /** The body that this system expects as an answer, where it is fussy. */
  readonly expectedAnswer?: string;
  /** Whether the system posts a body that no template shapes: its URL takes no tokens. */
  readonly sendsOwnBody?: boolean;
  /** Paths of that system's own tracker, for senders that only change the host name: `/click.php`, `/{key}/postback`, … */
  readonly dropInPaths: readonly string[];
}

/** The guide to a preset, for people. */
export interface PresetGuide {
  /** The place for the postback URL in that system. */
  readonly pasteInto: string;
  /** The source of each fact. */
  readonly sources: readonly PresetSource[];
  /** Notes for a person before connecting this system. */
  readonly notes?: readonly string[];
}

export interface PresetSource {
  readonly title: string;
  readonly url: string;
  /** The day the fact was read, `2026-11-23`. */
  readonly readOn: string;
  readonly says: string;
}
