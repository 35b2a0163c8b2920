import type { ClickIdKey } from '../domain/click/signed-click-id';
import { isOn } from '../domain/click/click-parameters';
import { conversionsIn } from '../domain/request/conversions-in';
import { findNamedTest } from '../domain/request/named-test';
import { readParameters } from '../domain/request/parameters';
import type { Parameter } from '../domain/text/query';
import { read, type Read } from '../domain/values/rejection';
import type { PostbackRequest } from '../domain/text/postback-request';
import type { Warning } from '../domain/values/reasons';
import { rejected, type Step } from './step';
import type { JudgedFacts, Submission } from './submission';

/** Returns the facts before anything is read. The result of authentication at receipt remains, also where nothing else can be read. */
export function firstFacts({ request, authenticated }: Submission): JudgedFacts {
  const known = authenticated ? { trust: authenticated.trust, authenticated } : { trust: 'none' as const };
  return { covered: request, ...known, test: false, dryRun: false, warnings: [] };
}

/**
 * The first step: reads the parameters of what may be read, within the limits of size and shape.
 * @param keys of click IDs, by which a list of conversions is known
 * @param part which of several conversions that the request lists, from 1
 */
export function receive(facts: JudgedFacts, covered: PostbackRequest, keys: readonly ClickIdKey[], part = 1): Step {
  const received = readOnce(covered, keys);
  if (!received.ok) return rejected({ ...facts, covered }, received.rejection);
  const { conversions, warnings } = received.value;
  const parameters = conversions[part - 1] ?? [];
  const testMark = findNamedTest(parameters);
  return {
    ok: true,
    facts: {
      ...facts,
      covered,
      parameters,
      ...(conversions.length > 1 && { parts: conversions.length }),
      test: isAsked('test', parameters) || testMark !== undefined,
      dryRun: isAsked('dry_run', parameters),
      warnings: [...facts.warnings, ...warnings, ...(testMark === undefined ? [] : [testWarning(testMark)])],
    },
  };
}

function testWarning({ name }: Parameter): Warning {
  const message = `"${name.slice(0, 64)}" was read as the mark of a test. Send "test=1" to be sure.`;
  return { code: 'NAME_GUESSED', message };
}

interface Received {
  /** The parameters of each conversion that the request lists. */
  readonly conversions: readonly (readonly Parameter[])[];
  readonly warnings: readonly Warning[];
}

/** A request that lists fifty conversions is judged fifty times: it is read once. */
const receivedBefore = new WeakMap<PostbackRequest, Read<Received>>();

function readOnce(request: PostbackRequest, keys: readonly ClickIdKey[]): Read<Received> {
  const before = receivedBefore.get(request);
  if (before !== undefined) return before;
  const received = readConversions(request, keys);
  receivedBefore.set(request, received);
  return received;
}

function readConversions(request: PostbackRequest, keys: readonly ClickIdKey[]): Read<Received> {
  const parsed = readParameters(request);
  if (!parsed.ok) return { ok: false, rejection: parsed };
  const listed = conversionsIn(parsed.parameters, request, keys);
  return listed.ok ? read({ conversions: listed.value, warnings: parsed.warnings }) : listed;
}

/** Whether a switch such as `dry_run=1` is among the parameters. */
export function isAsked(name: string, parameters: readonly Parameter[]): boolean {
  return parameters.some(
    (parameter) =>
      parameter.name.length === name.length && parameter.name.toLowerCase() === name && isOn(parameter.value),
  );
}
