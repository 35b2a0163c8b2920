import * as v from 'valibot';
import type { ReadVersion, StoredVersion } from '../../adapters/configuration-item';
import { campaignSchema } from '../../domain/configuration/campaign';
import { costSchema } from '../../domain/configuration/cost';
import type { DocumentKind, DocumentOf } from '../../domain/configuration/document';
import { integrationSchema } from '../../domain/configuration/integration';
import { rateSchema } from '../../domain/configuration/rate';
import { savedReportSchema } from '../../domain/configuration/saved-report';
import { savedSearchSchema } from '../../domain/configuration/saved-search';
import { sourceSchema } from '../../domain/configuration/source';
import { AdminError } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';

const keys = v.pipe(
  v.strictObject({ current: field.count, previous: v.optional(field.count) }),
  v.description('The numbers of the live keys of an integration'),
);

/** Fields that GET adds to a document; they are ignored in a PUT. */
const added = {
  id: v.string(),
  version: v.pipe(field.count, v.description('1 for the first, one more for each change')),
  updatedAt: field.time,
  updatedBy: v.pipe(v.string(), v.description('The ARN that signed the request; `unknown` on the local stack')),
  deleted: v.optional(v.pipe(v.literal(true), v.description('This version ended the document'))),
};

/** A document as the API shows it, by kind. */
export const documentAnswers = {
  campaign: v.strictObject({ ...added, ...campaignSchema.entries }),
  integration: v.strictObject({ ...added, ...integrationSchema.entries, keys }),
  source: v.strictObject({ ...added, ...sourceSchema.entries }),
  cost: v.strictObject({ ...added, ...costSchema.entries }),
  rate: v.strictObject({ ...added, ...rateSchema.entries }),
  report: v.strictObject({ ...added, ...savedReportSchema.entries }),
  search: v.strictObject({ ...added, ...savedSearchSchema.entries }),
} as const;

/** A document that this release does not understand, as it is stored. */
export const unreadAnswer = v.looseObject({
  ...added,
  keys: v.optional(keys),
  problems: v.pipe(
    v.array(v.strictObject({ path: v.string(), problem: v.string() })),
    v.description(
      'What this release does not understand of it, and why clicks and postbacks cannot use it: correct it and PUT it',
    ),
  ),
});

/** A PUT also reports when there was nothing to change. */
const changed = v.optional(v.pipe(v.literal(false), v.description('It was there already: no version was made')));

/** Oddities of an accepted document. */
const warnings = v.optional(
  v.pipe(
    v.array(v.strictObject({ path: v.string(), message: v.string() })),
    v.description('What works as it is written and is hardly meant so, such as an offer URL that gets no click ID'),
  ),
);

export const putAnswers = {
  campaign: v.strictObject({ ...documentAnswers.campaign.entries, changed, warnings }),
  integration: v.strictObject({ ...documentAnswers.integration.entries, changed }),
  source: v.strictObject({ ...documentAnswers.source.entries, changed, warnings }),
  cost: v.strictObject({ ...documentAnswers.cost.entries, changed }),
  rate: v.strictObject({ ...documentAnswers.rate.entries, changed }),
  report: v.strictObject({ ...documentAnswers.report.entries, changed }),
  search: v.strictObject({ ...documentAnswers.search.entries, changed }),
} as const;

type Added = Shown<v.StrictObjectSchema<typeof added, undefined>>;
export type DocumentView<Kind extends DocumentKind> = (Added & DocumentOf[Kind]) | Shown<typeof unreadAnswer>;

/** Returns a version as the API shows it. Fields of the API precede those of the same name in a document of another release. */
export function viewOf<Kind extends DocumentKind>(version: StoredVersion<Kind>): DocumentView<Kind> {
  const own = {
    id: version.id,
    version: version.version,
    updatedAt: new Date(version.changedAt).toISOString(),
    updatedBy: version.author,
    ...(version.deleted && { deleted: true as const }),
  };
  const held = version.keys !== undefined && { keys: version.keys };
  if (version.problems === undefined) return { ...own, ...version.document, ...held };
  return { ...own, ...version.document, ...own, ...held, problems: version.problems };
}

/** Returns a version to work by; an unreadable one is rejected, with the way to fix it. */
export function readable<Kind extends DocumentKind>(version: StoredVersion<Kind>): ReadVersion<Kind> {
  if (version.problems === undefined) return version;
  const { kind, id } = version;
  throw new AdminError(
    'DOCUMENT_UNREADABLE',
    `The ${kind} ${id} was stored by another release in a form that this one does not understand. GET it to see what is stored, ` +
      'fix what "problems" names, and PUT it.',
    { problems: [...version.problems] },
  );
}

/** The header by which HTTP clients carry the version they read into their PUT's If-Match. */
export function entityTag(version: StoredVersion<DocumentKind>): Readonly<Record<string, string>> {
  return { etag: `"${version.version}"` };
}
