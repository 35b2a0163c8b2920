import type * as v from 'valibot';
import { campaignSchema, type Campaign } from './campaign';
import { costSchema, type Cost } from './cost';
import { readBySchema, type FieldsReading } from './document-reading';
import { misplacedLists } from './misplaced-lists';
import { integrationSchema, type Integration, type IntegrationKeys } from './integration';
import { rateSchema, type Rate } from './rate';
import { savedReportSchema, type SavedReport } from './saved-report';
import { savedSearchSchema, type SavedSearch } from './saved-search';
import { sourceSchema, type Source } from './source';

/** The kinds of configuration, each with the document it holds. */
export interface DocumentOf {
  readonly campaign: Campaign;
  readonly integration: Integration;
  readonly source: Source;
  /** The spending of a period. */
  readonly cost: Cost;
  /** Rates of exchange of some days. */
  readonly rate: Rate;
  readonly report: SavedReport;
  readonly search: SavedSearch;
}

export type DocumentKind = keyof DocumentOf;

/** The schema that each kind of document is read by. */
export const documentSchemas = {
  campaign: campaignSchema,
  integration: integrationSchema,
  source: sourceSchema,
  cost: costSchema,
  rate: rateSchema,
  report: savedReportSchema,
  search: savedSearchSchema,
} as const;

/** One version of one document, as it is kept. Every version is kept; the newest is the one in force. */
export interface Version<Kind extends DocumentKind> {
  readonly kind: Kind;
  readonly id: string;
  /** 1 for the first, one more for each change. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** Its author: an ARN in AWS. */
  readonly author: string;
  readonly document: DocumentOf[Kind];
  /** Kept with an integration but not part of what a person writes. */
  readonly keys?: IntegrationKeys;
}

export type DocumentReading<Kind extends DocumentKind> = FieldsReading<DocumentOf[Kind]>;

/** Reads a document that somebody wrote; every wrong field is named with its path. */
export function readDocument<Kind extends DocumentKind>(kind: Kind, input: unknown): DocumentReading<Kind> {
  // The schema is looked up by the kind, which the compiler does not follow through the union.
  const schema = documentSchemas[kind] as unknown as v.GenericSchema<unknown, DocumentOf[Kind]>;
  const reading = readBySchema(schema, input);
  const problems = reading.ok ? misplacedLists(input, reading.document) : [];
  return problems.length > 0 ? { ok: false, problems } : reading;
}
