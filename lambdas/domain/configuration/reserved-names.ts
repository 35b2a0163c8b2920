/** A problem of one field. */
export interface FieldProblem {
  /** Path in the document: `offers.0.url`. */
  readonly path: string;
  readonly problem: string;
}

/** Names that every object of JavaScript has already: a value stored under one is lost, or read where none was stored. */
export const reservedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A document has a handful of mistakes; one that was made to have more need not have them all listed. */
const mostProblems = 20;

interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly within: Place | undefined;
}

/** The fields of a parsed JSON value whose names cannot be kept, in any depth. It works through any value, however deep. */
export function reservedNameProblems(input: unknown): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const open: Place[] = [{ value: input, name: '', within: undefined }];
  for (let place = open.pop(); place !== undefined && problems.length < mostProblems; place = open.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [name, value] of Object.entries(place.value)) {
      const field = { value, name, within: place };
      if (reservedNames.has(name))
        problems.push({ path: pathOf(field), problem: 'is a reserved name; choose another' });
      open.push(field);
    }
  }
  return problems.slice(0, mostProblems);
}

function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | undefined = place; at?.within !== undefined; at = at.within) names.push(at.name);
  return names.reverse().join('.');
}
