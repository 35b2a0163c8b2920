import type { DocumentKind } from '../../lambdas/domain/configuration/document';
import { differencesBetween, type FieldDifference } from './differences';
import { kindsInOrder } from './kinds';
import type { Content } from './stored-document';

/** A document on the tracker. */
export interface PresentDocument {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly version: number;
  readonly content: Content;
}

/** A document in the files. */
export interface WantedDocument {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly content: Content;
  placeOf(path: string): string;
}

interface Named {
  readonly kind: DocumentKind;
  readonly id: string;
}

/** One change, based on a version of the document; 0 for a new one. */
export type PlanStep = Named & { readonly basedOn: number } & (
    | {
        readonly action: 'create' | 'update';
        readonly content: Content;
        readonly differences: readonly FieldDifference[];
        placeOf(path: string): string;
      }
    | { readonly action: 'delete' }
  );

export interface Plan {
  /** Changes in an executable order. */
  readonly steps: readonly PlanStep[];
  readonly unchanged: readonly Named[];
  /** Documents that are on the tracker but in no file, and stay unchanged. */
  readonly unmanaged: readonly Named[];
  /** Contradictions, each with its place in the files. */
  readonly problems: readonly string[];
}

/**
 * Plans the changes that bring the tracker to the state of the files: sources, integrations, campaigns, since a campaign names its
 * integration; then deletions in reverse order.
 * @param prune deletes documents that are in no file
 */
export function planOf(wanted: readonly WantedDocument[], present: readonly PresentDocument[], prune: boolean): Plan {
  const presentByName = new Map(present.map((document) => [nameOf(document), document]));
  const wantedNames = new Set(wanted.map(nameOf));
  const extra = present.filter((document) => !wantedNames.has(nameOf(document)));
  const remaining = new Set([...wantedNames, ...(prune ? [] : extra.map(nameOf))]);

  const unchanged: Named[] = [];
  const steps: PlanStep[] = [];
  for (const { kind, id, content, placeOf } of inOrder(wanted)) {
    const now = presentByName.get(nameOf({ kind, id }));
    const differences = differencesBetween(now?.content, content);
    if (now !== undefined && differences.length === 0) unchanged.push({ kind, id });
    else {
      const action = now === undefined ? 'create' : 'update';
      steps.push({ action, kind, id, basedOn: now?.version ?? 0, content, differences, placeOf });
    }
  }
  const deletions = prune
    ? inOrder(extra)
        .toReversed()
        .map(({ kind, id, version }): PlanStep => ({ action: 'delete', kind, id, basedOn: version }))
    : [];
  return {
    steps: [...steps, ...deletions],
    unchanged,
    unmanaged: prune ? [] : extra.map(({ kind, id }) => ({ kind, id })),
    problems: wanted.flatMap((document) => referenceProblem(document, remaining)),
  };
}

export function nameOf({ kind, id }: Named): string {
  return `${kind} ${id}`;
}

function inOrder<Document extends Named>(documents: readonly Document[]): readonly Document[] {
  return kindsInOrder.flatMap((kind) =>
    documents
      .filter((document) => document.kind === kind)
      .toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)),
  );
}

function referenceProblem(
  { kind, content, placeOf }: WantedDocument,
  remaining: ReadonlySet<string>,
): readonly string[] {
  const { integration } = content;
  if (kind !== 'campaign' || typeof integration !== 'string') return [];
  if (remaining.has(nameOf({ kind: 'integration', id: integration }))) return [];
  return [`${placeOf('integration')} integration there will be no integration ${integration}`];
}
