import type { Statement } from './policy';

export type Decision = 'allowed' | 'not-allowed' | 'denied';

/**
 * IAM's evaluation of one request: an explicit Deny wins, then an Allow, otherwise it is implicitly denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(statements: readonly Statement[], action: string, resource: string): Decision {
  const applying = statements.filter((statement) => applies(statement, action, resource));
  if (applying.some((statement) => statement.effect === 'Deny')) return 'denied';
  return applying.some((statement) => statement.effect === 'Allow') ? 'allowed' : 'not-allowed';
}

function applies(statement: Statement, action: string, resource: string): boolean {
  return (
    statement.conditionsHold &&
    covers(statement.actions, statement.notActions, action, true) &&
    covers(statement.resources, statement.notResources, resource, false)
  );
}

function covers(
  patterns: readonly string[],
  notPatterns: readonly string[],
  value: string,
  ignoreCase: boolean,
): boolean {
  if (notPatterns.length > 0) return !notPatterns.some((pattern) => matches(pattern, value, ignoreCase));
  return patterns.some((pattern) => matches(pattern, value, ignoreCase));
}

/** Matches IAM wildcards: `*` any run of characters, `?` any one. Actions ignore case, ARNs do not. */
export function matches(pattern: string, value: string, ignoreCase = false): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value);
}
