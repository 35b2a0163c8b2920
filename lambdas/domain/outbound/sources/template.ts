import type { RequestPattern } from '../../configuration/outbound-postback';

/** The certainty of a template's facts: the vendor's documentation, several other sources that agree, or one that nobody confirms. */
export const confidences = ['documented', 'corroborated', 'account-specific', 'unconfirmed'] as const;
export type Confidence = (typeof confidences)[number];

/** A fact's place. */
export interface Evidence {
  readonly title: string;
  readonly url?: string;
  /** The day it was read, `2026-11-29`. */
  readonly readOn: string;
  readonly says: string;
}

/** The answers of a source whose HTTP status is not conclusive. Texts are searched without regard to case and blanks. */
export interface SuccessRule {
  /** Every 2xx where this is absent. */
  readonly statuses?: readonly number[];
  /** The answer must hold one of these. */
  readonly has?: readonly string[];
  /** An answer that holds one of these is a rejection. */
  readonly hasNot?: readonly string[];
}

/** The exchange of a secret for the token that a request carries. */
export interface TokenExchange {
  readonly kind: 'google-service-account';
  /** The secret that is exchanged, and the name by which the request calls what it gets: `{secret:NAME}`. */
  readonly secret: string;
  readonly as: string;
  readonly url: string;
  readonly scope: string;
}

/** The reporting of conversions to one traffic source, as data. Facts without a source are omitted. */
export interface SourceTemplate extends RequestPattern {
  readonly id: string;
  readonly name: string;
  readonly kind: 'network' | 'conversion-api';
  /** Parameters of the landing URL, for its click ID and its cost. */
  readonly click: {
    /** Absent where the source tags its links automatically. */
    readonly token?: string;
    /** The parameter under which it arrives, where the source decides that: it counts where the click has no `external_id`. */
    readonly parameter?: string;
    readonly aliases?: readonly string[];
  };
  readonly cost?: { readonly token: string };
  /** Other parameters of the landing URL that the postback needs, by name, with their tokens. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Meanings of `{account:NAME}`, with the place to find each. */
  readonly account?: Readonly<Record<string, string>>;
  /** Meanings of `{secret:NAME}`, with the place to find each. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly exchange?: TokenExchange;
  /** The currencies that it takes: a list, `any` where the request names the currency, `unknown` where no source says. */
  readonly currency: readonly string[] | 'any' | 'unknown';
  readonly success?: SuccessRule;
  /** Maximum age of an accepted conversion, in days. */
  readonly maxAgeDays?: number;
  /** Whether a conversion is sent only where its click says `ad_user_data=granted`. */
  readonly requiresConsent?: true;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** Notes for a person before using it. */
  readonly notes?: readonly string[];
}
