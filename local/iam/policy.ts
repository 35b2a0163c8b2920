import { StartupFailure } from '../failure';
import { isObject, type JsonObject, listOf, objectOrEmpty, textOf } from '../json';

/** One statement of an IAM policy document, in lists throughout. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly string[];
  /** Whether its conditions hold for a request of a function here; they depend only on how it travels. */
  readonly conditionsHold: boolean;
}

/** The values of condition keys for the request that a policy is read for. */
export type ConditionContext = Readonly<Record<string, string>>;

/** Reads the statements of a resolved policy document; `owner` names it in a rejection. */
export function readStatements(document: unknown, owner: string, context: ConditionContext = {}): Statement[] {
  return listOf(objectOrEmpty(document)['Statement']).map((given) => {
    const statement = objectOrEmpty(given);
    const effect = statement['Effect'];
    if (effect !== 'Allow' && effect !== 'Deny') {
      throw new StartupFailure(
        `A policy statement of ${owner} has the effect ${textOf(effect)}: Allow or Deny it must be.`,
      );
    }
    return {
      effect,
      actions: strings(statement['Action']),
      notActions: strings(statement['NotAction']),
      resources: strings(statement['Resource']),
      notResources: strings(statement['NotResource']),
      principals: readPrincipals(statement['Principal']),
      conditionsHold: conditionsHold(objectOrEmpty(statement['Condition']), owner, context),
    };
  });
}

function readPrincipals(given: unknown): string[] {
  return isObject(given) ? Object.values(given).flatMap(strings) : strings(given);
}

/**
 * Evaluates `aws:SecureTransport`, with requests of functions counted as TLS as in AWS, and equality with the context. Other conditions
 * need request context that this runner does not have.
 */
function conditionsHold(condition: JsonObject, owner: string, context: ConditionContext): boolean {
  return Object.entries(condition).every(([operator, tests]) =>
    Object.entries(objectOrEmpty(tests)).every(([key, expected]) => {
      if (operator === 'Bool' && key === 'aws:SecureTransport') return strings(expected).includes('true');
      const given = context[key];
      if (operator === 'StringEquals' && given !== undefined) return strings(expected).includes(given);
      throw new StartupFailure(
        `A policy of ${owner} has the condition ${operator} ${key}, which the local stack cannot decide.`,
      );
    }),
  );
}

function strings(value: unknown): string[] {
  return listOf(value).map(textOf);
}
