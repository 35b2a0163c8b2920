import type { SheetFacts } from '../../../../lambdas/admin/sheet/facts';
import { readDocument } from '../../../../lambdas/domain/configuration/document';

/** What a sheet is made of, for an integration with some fields of its own. */
export function factsOf(document: object = {}, more: Partial<SheetFacts> = {}): SheetFacts {
  const reading = readDocument('integration', { name: 'Acme', preset: 'generic', ...document });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { id: 'acme', baseUrl: 'https://go.example', integration: reading.document, keys: [1], versions: [], ...more };
}
