import type { RequestPattern } from '../../configuration/outbound-postback';

/** How sure the facts of a template are: the vendor's own page, several others that agree, or one that nobody confirms. */
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

/** What a source answers where HTTP's own status does not tell. Texts are looked for without regard to case and blanks. */
export interface SuccessRule {
  /** Every 2xx where this is absent. */
  readonly statuses?: readonly number[];
  /** The answer must hold one of these. */
  readonly has?: readonly string[];
  /** An answer that holds one of these is a rejection. */
  readonly hasNot?: readonly string[];
}

/** How a secret becomes the token that a request carries. */
export interface TokenExchange {
  readonly kind: 'google-service-account';
  /** The secret that is exchanged, and the name by which the request calls what it gets: `{secret:NAME}`. */
  readonly secret: string;
  readonly as: string;
  readonly url: string;
  readonly scope: string;
}

/** How one traffic source is told of conversions, as data. What could not be sourced is left out. */
export interface SourceTemplate extends RequestPattern {
  readonly id: string;
  readonly name: string;
  readonly kind: 'network' | 'conversion-api';
  /** What goes into the landing URL, for its own click ID and its cost. */
  readonly click: {
    /** Absent where the source tags its links by itself. */
    readonly token?: string;
    /** The parameter under which it arrives, where the source decides that: it counts where the click has no `external_id`. */
    readonly parameter?: string;
    readonly aliases?: readonly string[];
  };
  readonly cost?: { readonly token: string };
  /** Other parameters of the landing URL that the postback needs, by name, with their tokens. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `{account:NAME}` stands for, with where to find it. */
  readonly account?: Readonly<Record<string, string>>;
  /** What `{secret:NAME}` stands for, with where to find it. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly exchange?: TokenExchange;
  /** The currencies that it takes: a list, `any` where the request names the currency, `unknown` where no source says. */
  readonly currency: readonly string[] | 'any' | 'unknown';
  readonly success?: SuccessRule;
  /** How long after a conversion it is still taken, in days. */
  readonly maxAgeDays?: number;
  /** Whether a conversion is sent only where its click says `ad_user_data=granted`. */
  readonly requiresConsent?: true;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** What a person ought to know before using it. */
  readonly notes?: readonly string[];
}
