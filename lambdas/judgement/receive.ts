import { isOn } from '../domain/click/click-parameters';
import { conversionsIn } from '../domain/postback/conversions-in';
import { readParameters, type Parameter } from '../domain/postback/parameters';
import type { PostbackRequest } from '../domain/postback/request';
import { rejected, type Step } from './step';
import type { Facts, Submission } from './submission';

/** What is known before anything is read. */
export function firstFacts({ request }: Submission): Facts {
  return { covered: request, trust: 'none', test: false, dryRun: false, warnings: [] };
}

/**
 * The first step: reads the parameters of what may be read, within the limits of size and shape.
 * @param part which of several conversions that the request lists, from 1
 */
export function receive(facts: Facts, covered: PostbackRequest, part = 1): Step {
  const parsed = readParameters(covered);
  if (!parsed.ok) return rejected({ ...facts, covered }, parsed);
  const listed = conversionsIn(parsed.parameters);
  if (!listed.ok) return rejected({ ...facts, covered }, listed.refusal);
  const { warnings } = parsed;
  const parameters = listed.value[part - 1] ?? [];
  return {
    ok: true,
    facts: {
      ...facts,
      covered,
      parameters,
      ...(listed.value.length > 1 && { parts: listed.value.length }),
      test: isAsked('test', parameters),
      dryRun: isAsked('dry_run', parameters),
      warnings: [...facts.warnings, ...warnings],
    },
  };
}

function isAsked(name: string, parameters: readonly Parameter[]): boolean {
  return parameters.some((parameter) => parameter.name.toLowerCase() === name && isOn(parameter.value));
}
