import type { DocumentKind } from '../../lambdas/domain/configuration/document';

/** The name of a kind's collection in the admin API, and of its folder in a configuration. */
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
 * The kinds of a configuration folder, in the order of their creation: a campaign names its integration. They are deleted in reverse
 * order. Costs and rates are not configuration, but data of each month.
 */
export const kindsInOrder = ['source', 'integration', 'campaign'] as const satisfies readonly DocumentKind[];

/** The name of a kind in a sentence. */
export const nounOf = {
  campaign: 'a campaign',
  integration: 'an integration',
  source: 'a source',
  cost: 'a cost',
  rate: 'rates',
  report: 'a saved report',
  search: 'a saved search',
} as const satisfies Readonly<Record<DocumentKind, string>>;

/** Returns the kind of the documents in a folder of this name. */
export function kindOfFolder(name: string): DocumentKind | undefined {
  return kindsInOrder.find((kind) => collectionOf[kind] === name);
}
