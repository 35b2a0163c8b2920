import type { Assembly } from '../assembly/read-assembly';
import { StartupFailure } from '../failure';
import { isObject, type JsonObject, objectOrEmpty, textOf } from '../json';
import { Intrinsics } from './intrinsics';
import { arnOf, attributeValue, generatedName, type Named, nameProperty, refValue } from './references';
import { isServed, reasonInert, type ServedType } from './resource-types';

/** One resource with its properties resolved, without intrinsic functions. */
export interface ServedResource {
  readonly logicalId: string;
  /** Shortens a logical ID to its name in the source: without the CDK's hash, where that stays unique. */
  readonly label: string;
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly properties: JsonObject;
}

/** The resources that the template creates under its conditions, by type and by ARN. */
export interface ServedResources {
  readonly all: readonly ServedResource[];
  ofType(...types: readonly ServedType[]): readonly ServedResource[];
  withArn(arn: string): ServedResource | undefined;
}

/** Resolves every resource, and rejects a type that this runner does not know. */
export function readResources(assembly: Assembly, queueBaseUrl: string): ServedResources {
  const raw = objectOrEmpty(assembly.template['Resources']);
  const references = new TemplateReferences(raw, assembly, queueBaseUrl);
  const labels = labelsOf(Object.keys(raw));
  const all: ServedResource[] = [];
  for (const [logicalId, declared] of Object.entries(raw)) {
    const definition = objectOrEmpty(declared);
    const condition = definition['Condition'];
    if (typeof condition === 'string' && !references.intrinsics.holds(condition)) continue;
    const type = textOf(definition['Type']);
    if (!isServed(type) && reasonInert(type) === undefined) {
      throw new StartupFailure(
        `The template has the resource ${logicalId} of type ${type}, which the local stack does not support: it runs a template completely or not at all.`,
      );
    }
    const named = references.named(logicalId);
    const properties = isServed(type) ? references.intrinsics.resolve(definition['Properties'] ?? {}) : {};
    all.push({
      logicalId,
      label: labels.get(logicalId) ?? logicalId,
      type,
      name: named.name,
      arn: arnOf(named),
      properties: objectOrEmpty(properties),
    });
  }
  return {
    all,
    ofType: (...types) => all.filter((resource) => types.some((type) => type === resource.type)),
    withArn: (arn) => all.find((resource) => resource.arn === arn),
  };
}

/** Names resources on demand: a name may be an intrinsic that refers to another resource. */
class TemplateReferences {
  readonly intrinsics: Intrinsics;
  private readonly known = new Map<string, Named>();
  private readonly beingNamed = new Set<string>();

  constructor(
    private readonly raw: JsonObject,
    private readonly assembly: Assembly,
    private readonly queueBaseUrl: string,
  ) {
    this.intrinsics = new Intrinsics(assembly.template, assembly.stackName, this);
  }

  ref(logicalId: string): unknown {
    return this.raw[logicalId] === undefined ? undefined : refValue(this.named(logicalId), this.queueBaseUrl);
  }

  attribute(logicalId: string, attribute: string): unknown {
    if (this.raw[logicalId] === undefined) return undefined;
    const named = this.named(logicalId);
    const value = attributeValue(named, attribute, this.queueBaseUrl);
    // Attributes of resources without effect reach only other such resources.
    return value ?? (isServed(named.type) ? undefined : `${named.name}.${attribute}`);
  }

  named(logicalId: string): Named {
    const known = this.known.get(logicalId);
    if (known !== undefined) return known;
    if (this.beingNamed.has(logicalId)) throw new StartupFailure(`The name of ${logicalId} refers to itself.`);
    this.beingNamed.add(logicalId);
    const definition = objectOrEmpty(this.raw[logicalId]);
    const type = textOf(definition['Type']);
    const properties = objectOrEmpty(definition['Properties']);
    const ownName = this.intrinsics.resolve(within(properties, nameProperty[type] ?? ''));
    const named: Named = {
      logicalId,
      type,
      name: typeof ownName === 'string' ? ownName : generatedName(type, this.assembly.stackName, logicalId),
      functionArn: this.functionArnOf(type, properties),
    };
    this.beingNamed.delete(logicalId);
    this.known.set(logicalId, named);
    return named;
  }

  private functionArnOf(type: string, properties: JsonObject): string | undefined {
    if (type !== 'AWS::Lambda::Alias' && type !== 'AWS::Lambda::Version') return undefined;
    const given = properties['FunctionName'];
    const logicalId = isObject(given) ? (given['Ref'] ?? firstOf(given['Fn::GetAtt'])) : undefined;
    return typeof logicalId === 'string' ? arnOf(this.named(logicalId)) : undefined;
  }
}

/** Returns the property at the end of a path such as `TableInput.Name`. */
function within(properties: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => objectOrEmpty(value)[name], properties);
}

const withoutHash = (logicalId: string): string => logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');

/** The label of each resource: its logical ID without the hash, where no other has the same one. */
function labelsOf(logicalIds: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const label of logicalIds.map(withoutHash)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map(
    logicalIds.map((logicalId) => {
      const label = withoutHash(logicalId);
      return [logicalId, counts.get(label) === 1 ? label : logicalId];
    }),
  );
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : undefined;
}
