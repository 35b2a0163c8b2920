import type * as v from 'valibot';
import type { ErrorCode } from './errors';
import type { QuerySchema } from './query-parameters';

export const tags = {
  Configuration: 'Campaigns, integrations and sources, with every version of each',
  Senders: 'Setup and tests of parties that send postbacks',
  Postbacks: 'The postback log: every judged request, batches, replay',
  Conversions: 'What was recorded',
  Reports: 'What was counted, by any group',
  Deliveries: 'Postbacks to traffic sources',
  'Dead letters': 'What was given up on',
  Privacy: 'Forgetting a person',
  'This API': 'What describes it',
} as const;

/** The body of a request. */
export interface DescribedBody {
  /** The name of the schema in the document. */
  readonly name: string;
  readonly schema: v.GenericSchema;
  /** Fields that may come along and are no part of it. */
  readonly beside?: v.ObjectEntries;
  /** Whether the body is optional. */
  readonly optional?: true;
}

/** An answer that is no error; without a schema it is text, or empty. */
export interface DescribedAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly when: string;
  /** The shapes that it may have, each with its name in the document. */
  readonly shapes?: Readonly<Record<string, v.GenericSchema>>;
  /** The media type where it is no JSON, or may be something else: `text/markdown`. */
  readonly mediaType?: string;
  /** Whether its ETag is the version of the document. */
  readonly versioned?: true;
  /** Whether Location says where to ask again, and Retry-After when. */
  readonly unfinished?: true;
}

/** The description of a route; the OpenAPI document is made of these. */
export interface Description {
  /** `listCampaigns`, unique among the routes. */
  readonly id: string;
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly details?: string;
  readonly query: QuerySchema;
  readonly body?: DescribedBody;
  /** Whether If-Match makes the change depend on the version that it is based on. */
  readonly conditional?: true;
  readonly answers: readonly DescribedAnswer[];
  /** Named schemas within the answers. */
  readonly parts?: Readonly<Record<string, v.GenericSchema>>;
  /** Errors beside those that any request may meet. */
  readonly errors: readonly ErrorCode[];
}

/** A route with its description: without one it does not compile. */
export interface DescribedRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `campaigns/{id}`; each name in braces is one of `pathParameters`. */
  readonly path: string;
  readonly description: Description;
}

/** Errors of any request: a wrong path or query, a fault of ours, storage that does not answer. */
const errorsOfAll: readonly ErrorCode[] = [
  'PARAMETER_INVALID',
  'PATH_INVALID',
  'INTERNAL_ERROR',
  'STORAGE_UNAVAILABLE',
];

/** Every error that a route may answer: those of any, those of its method, its own. */
export function errorsOf({ method, description }: DescribedRoute): readonly ErrorCode[] {
  const ofMethod: readonly ErrorCode[] = method === 'PUT' || method === 'POST' ? ['MEDIA_TYPE_UNSUPPORTED'] : [];
  return [...errorsOfAll, ...ofMethod, ...description.errors];
}
