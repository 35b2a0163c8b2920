import { isObject, type JsonObject, objectOrEmpty, textOf } from '../../../local/json';

/** Resources that the emulator rejects, and the deployed template omits. */
export const leftOut = ['alarms on expressions of metrics', 'composite alarms', 'saved queries'] as const;

const isLeftOut = ({ Type: type, Properties: properties }: JsonObject): boolean =>
  ['AWS::CloudWatch::CompositeAlarm', 'AWS::Logs::QueryDefinition'].includes(textOf(type)) ||
  (type === 'AWS::CloudWatch::Alarm' && 'Metrics' in objectOrEmpty(properties));

/** Returns the template without them. The dashboard names some, and gets a text instead. */
export function forEmulator(template: JsonObject): JsonObject {
  const resources = Object.entries(objectOrEmpty(template['Resources']));
  const kept = resources.filter(([, definition]) => !isLeftOut(objectOrEmpty(definition)));
  const names = new Set(kept.map(([id]) => id));
  const gone = new Set(resources.map(([id]) => id).filter((id) => !names.has(id)));
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without);
    if (!isObject(value)) return value;
    const [referred] = [value['Fn::GetAtt'] ?? value['Ref']].flat();
    if (typeof referred === 'string' && gone.has(referred)) return `without ${referred}`;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, without(member)]));
  };
  return { ...template, Resources: without(Object.fromEntries(kept)) };
}
