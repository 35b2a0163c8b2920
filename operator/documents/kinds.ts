import type { DocumentKind } from '../../lambdas/domain/configuration/document';

/** The collection of the admin API, and the folder of a configuration, that holds the documents of a kind. */
export const collectionOf = {
  campaign: 'campaigns',
  integration: 'integrations',
  source: 'sources',
  cost: 'costs',
  rate: 'rates',
  report: 'saved-reports',
  search: 'saved-searches',
} as const satisfies Readonly<Record<DocumentKind, string>>;

/**
 * What a folder of configuration holds, in the order in which they can be made: a campaign names its integration. They are deleted in the
 * opposite one. Costs and rates are no configuration: they come month after month.
 */
export const kindsInOrder = ['source', 'integration', 'campaign'] as const satisfies readonly DocumentKind[];

/** A document of a kind, as a sentence names it. */
export const nounOf = {
  campaign: 'a campaign',
  integration: 'an integration',
  source: 'a source',
  cost: 'a cost',
  rate: 'rates',
  report: 'a saved report',
  search: 'a saved search',
} as const satisfies Readonly<Record<DocumentKind, string>>;

/** The kind whose documents a folder of this name holds. */
export function kindOfFolder(name: string): DocumentKind | undefined {
  return kindsInOrder.find((kind) => collectionOf[kind] === name);
}
