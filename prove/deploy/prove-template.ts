import { type Fault, withFault } from './template-faults/fault';
import type { Layer, LayerFinding, Subject } from './template-layers/subject';

/** A layer, and what it found. */
export interface Found {
  readonly layer: string;
  readonly finding: LayerFinding;
}

export interface FaultOutcome {
  readonly fault: Fault;
  /** The text that its finding must name. */
  readonly names: string;
  /** The findings that name it, by layer. */
  readonly found: readonly Found[];
  /** Whether the layer that must find it does, under its rule and by name. */
  readonly caught: boolean;
}

/** Everything that any layer finds in a stack as it is: there must be nothing, or a layer that always cries would seem to see. */
export async function findingsOf(layers: readonly Layer[], subject: Subject): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const layer of layers) {
    for (const finding of await layer.findings(subject)) found.push({ layer: layer.name, finding });
  }
  return found;
}

/** Shows a stack with a mistake in it to every layer. */
export async function proveFault(layers: readonly Layer[], subject: Subject, fault: Fault): Promise<FaultOutcome> {
  const mutated = withFault(subject, fault);
  const all = await findingsOf(layers, mutated.subject);
  const found = all.filter(({ finding }) => finding.message.includes(mutated.names));
  const [layerName, rule] = fault.caughtBy;
  const caught = found.some(({ layer, finding }) => layer === layerName && isRule(finding.rule, rule));
  return { fault, names: mutated.names, found, caught };
}

/** cdk-nag adds to some rules what they found: `AwsSolutions-IAM5[Action::dynamodb:*]`. */
const isRule = (given: string, expected: string): boolean => given === expected || given.startsWith(`${expected}[`);
