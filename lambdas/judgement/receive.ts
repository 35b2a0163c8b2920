import { isOn } from '../domain/click/click-parameters';
import { readParameters, type Parameter } from '../domain/postback/parameters';
import type { PostbackRequest } from '../domain/postback/request';
import type { Step } from './step';
import type { Facts, Submission } from './submission';

/** What is known before anything is read. */
export function firstFacts({ request }: Submission): Facts {
  return { covered: request, trust: 'none', test: false, dryRun: false, warnings: [] };
}

/** The first step: reads the parameters of what may be read, within the limits of size and shape. */
export function receive(facts: Facts, covered: PostbackRequest): Step {
  const parsed = readParameters(covered);
  if (!parsed.ok) return { ok: false, facts: { ...facts, covered }, refusal: parsed };
  const { parameters, warnings } = parsed;
  return {
    ok: true,
    facts: {
      ...facts,
      covered,
      parameters,
      test: isAsked('test', parameters),
      dryRun: isAsked('dry_run', parameters),
      warnings: [...facts.warnings, ...warnings],
    },
  };
}

function isAsked(name: string, parameters: readonly Parameter[]): boolean {
  return parameters.some((parameter) => parameter.name.toLowerCase() === name && isOn(parameter.value));
}
