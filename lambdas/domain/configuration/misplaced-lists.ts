import type { FieldProblem } from './reserved-names';

/**
 * The lists of an input that its schema has read as objects without fields: a schema takes every list for an object, so that
 * `"filter": []` would mean no filter. It works through any value, however deep.
 */
export function misplacedLists(input: unknown, read: unknown): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const open = [{ input, read, path: '' }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { input: sent, read: taken, path } = at;
    if (!isObject(sent) || !isObject(taken)) continue;
    if (Array.isArray(sent) && !Array.isArray(taken)) {
      problems.push({ path, problem: 'must be an object, and is a list' });
      continue;
    }
    const values = new Map(Object.entries(taken));
    for (const [name, value] of Object.entries(sent)) {
      open.push({ input: value, read: values.get(name), path: path === '' ? name : `${path}.${name}` });
    }
  }
  return problems.reverse();
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
