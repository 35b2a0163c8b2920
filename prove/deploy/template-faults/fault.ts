import { type JsonObject, isObject, objectOrEmpty } from '../../../local/json';
import type { Subject } from '../template-layers/subject';
import { wholeStack } from '../../../lib/template-rules/rule';
import { Template } from '../../../lib/template-rules/template';

/** Layers that need nothing but this repository: a fault must be caught by one of them. */
export type LayerName = 'validator' | 'cdk-nag' | 'own rules' | 'local stack' | 'dynamodb';

/** A mistake in a template that somebody might make, and who must find it. */
export interface Fault {
  /** In words, as in the table. */
  readonly title: string;
  /** The resource it is made in: the first of this type whose logical ID starts so; none where the stack itself is changed. */
  readonly in?: { readonly type: string; readonly named?: string };
  /** Changes that resource; `undefined` removes it from the template. */
  readonly change?: (definition: JsonObject) => JsonObject | undefined;
  /** Resources that the mistake adds. */
  readonly add?: JsonObject;
  readonly stack?: { readonly terminationProtection: boolean };
  /** The start of the logical ID that the finding must name, if it is not the resource itself. */
  readonly names?: string;
  /** The layer that must find it, and under which of its rules. */
  readonly caughtBy: readonly [LayerName, string];
}

/** A copy of a stack with the mistake in it, and what a finding of it must name; throws where the stack has nothing to make it in. */
export function withFault(subject: Subject, fault: Fault): { readonly subject: Subject; readonly names: string } {
  const resources = objectOrEmpty(subject.template['Resources']);
  const found = targetOf(subject, fault);
  const changed = Object.entries(resources).flatMap(([id, definition]) => {
    if (id !== found || fault.change === undefined) return [[id, definition] as const];
    const after = fault.change(objectOrEmpty(definition));
    return after === undefined ? [] : [[id, after] as const];
  });
  const template = { ...subject.template, Resources: { ...Object.fromEntries(changed), ...fault.add } };
  if (fault.stack === undefined && JSON.stringify(template) === JSON.stringify(subject.template)) {
    throw new Error(`the fault "${fault.title}" changes nothing`);
  }
  const names = fault.names ?? found ?? Object.keys(fault.add ?? {})[0] ?? wholeStack;
  return { subject: { ...subject, template, ...fault.stack }, names };
}

function targetOf({ template }: Subject, { title, in: place }: Fault): string | undefined {
  if (place === undefined) return undefined;
  const found = new Template(template)
    .ofType(place.type)
    .find(({ logicalId }) => logicalId.startsWith(place.named ?? ''));
  if (found === undefined) throw new Error(`the template has no ${place.type} ${place.named ?? ''} for "${title}"`);
  return found.logicalId;
}

type Change = (definition: JsonObject) => JsonObject;

/** Sets the value at a dotted path; numbers are places in a list. */
export const set =
  (path: string, value: unknown): Change =>
  (definition) =>
    objectOrEmpty(at(definition, path.split('.'), () => value));

/** Removes the value at a dotted path. */
export const without =
  (path: string): Change =>
  (definition) =>
    objectOrEmpty(at(definition, path.split('.'), () => undefined));

/** Replaces a text everywhere in the resource. */
export const replace =
  (text: string, by: string): Change =>
  (definition) =>
    objectOrEmpty(JSON.parse(JSON.stringify(definition).replaceAll(text, by)));

/** Takes the whole resource away. */
export const remove = (): undefined => undefined;

function at(value: unknown, path: readonly string[], change: (before: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (Array.isArray(value)) {
    return value
      .map((member: unknown, index) => (String(index) === first ? at(member, rest, change) : member))
      .filter((member) => member !== undefined);
  }
  const before = isObject(value) ? value : {};
  const { [first]: member, ...others } = before;
  const after = at(member, rest, change);
  return after === undefined ? others : { ...before, [first]: after };
}
