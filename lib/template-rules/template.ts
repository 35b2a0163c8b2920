import { isObject, type JsonObject, objectOrEmpty, stringOrUndefined, textOf } from '../../local/json';

/** One resource of a template as written, with unresolved references. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** The whole definition, with `DeletionPolicy` and the other attributes beside the properties. */
  readonly definition: JsonObject;
}

/** A synthesized template, read for rules. */
export class Template {
  readonly resources: readonly Resource[];

  constructor(json: JsonObject) {
    this.resources = Object.entries(objectOrEmpty(json['Resources'])).map(([logicalId, given]) => {
      const definition = objectOrEmpty(given);
      const properties = objectOrEmpty(definition['Properties']);
      return { logicalId, type: textOf(definition['Type']), properties, definition };
    });
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** Returns the resources of these types that a value refers to, in any way and depth. */
  referredTo(value: unknown, ...types: readonly string[]): readonly Resource[] {
    const ids = referencesIn(value);
    return this.ofType(...types).filter(({ logicalId }) => ids.has(logicalId));
  }

  /** Returns the function of a value: referenced directly, or by an alias or version. */
  functionIn(value: unknown): Resource | undefined {
    const [found] = this.referredTo(value, 'AWS::Lambda::Function');
    if (found !== undefined) return found;
    const [between] = this.referredTo(value, 'AWS::Lambda::Alias', 'AWS::Lambda::Version');
    return between === undefined ? undefined : this.functionIn(between.properties['FunctionName']);
  }
}

/** Logical IDs in `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
export function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(visit);
    if (!isObject(part)) return;
    for (const [key, member] of Object.entries(part)) {
      if (key === 'Ref' && typeof member === 'string') found.add(member);
      else if (key === 'Fn::GetAtt') found.add(firstOf(member));
      else if (key === 'Fn::Sub') for (const name of namesInText(firstOf(member))) found.add(name);
      visit(member);
    }
  };
  visit(value);
  return found;
}

/** `["Table", "Arn"]`, `"Table.Arn"` and the text of a `Fn::Sub`: the logical ID comes first. */
function firstOf(value: unknown): string {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const text = stringOrUndefined(list[0]) ?? '';
  return text.includes('${') ? text : (text.split('.')[0] ?? '');
}

const namesInText = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{([A-Za-z0-9]+)[.}]/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));

/** Returns a value as text without references: its literal parts. */
export function literalText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(literalText).join('');
  if (isObject(value) && 'Fn::Join' in value) return literalText(value['Fn::Join']);
  return isObject(value) && typeof value['Fn::Sub'] === 'string' ? value['Fn::Sub'] : '';
}
