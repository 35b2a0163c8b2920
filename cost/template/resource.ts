import * as v from 'valibot';

/** One resource of a synthesized template, its intrinsics left as they are. */
export interface WrittenResource {
  readonly logicalId: string;
  /** The logical ID without the hash that the CDK appends. */
  readonly label: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const templateSchema = v.looseObject({
  Resources: v.record(
    v.string(),
    v.looseObject({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});

/** Throws a sentence where `template` is no CloudFormation template. */
export function resourcesOf(template: unknown): readonly WrittenResource[] {
  const read = v.safeParse(templateSchema, template);
  if (!read.success) throw new Error(`This is no CloudFormation template: ${read.issues[0].message}.`);
  return Object.entries(read.output.Resources).map(([logicalId, { Type, Properties }]) => ({
    logicalId,
    label: labelOf(logicalId),
    type: Type,
    properties: Properties,
  }));
}

export const labelOf = (logicalId: string): string => logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');

/** The logical ID that `{Ref: …}` or `{Fn::GetAtt: […]}` names, however deep, such as in a name that is joined. */
export function referredIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referredIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'Ref' && typeof inner === 'string') return [inner];
    if (name === 'Fn::GetAtt' && Array.isArray(inner)) return inner.slice(0, 1).filter((id) => typeof id === 'string');
    return referredIn(inner);
  });
}
