import * as v from 'valibot';
import { stageSettings } from '../../lib/stage-settings';
import { present, type SettingSchema } from '../../lib/stage/schema-fields';
import { builtInStages } from '../../lib/stages';

/** One setting of a stage, with its values in the built-in stages. */
export interface DocumentedSetting {
  readonly name: string;
  readonly description: string;
  readonly allowed: string;
  readonly dev: unknown;
  readonly prod: unknown;
  readonly example: unknown;
  readonly schema: SettingSchema;
}

/** The settings that belong together: those of a stage, or of one object in it. */
export interface SettingGroup {
  /** `throttle`, `domains[]`; empty for the stage itself. */
  readonly path: string;
  readonly settings: readonly DocumentedSetting[];
}

/** Every setting that there is, from the very schema that checks a stage. Objects with the same members share one group. */
export function settingGroups(): SettingGroup[] {
  const groups = groupsOf('', stageSettings);
  const members = new Map<unknown, SettingGroup>();
  for (const { path, entries, settings } of groups) {
    const alike = members.get(entries);
    // Names that share a group differ in their values: the row of each shows them.
    const shared = alike?.settings.map((one, index) => ({
      ...one,
      dev: undefined,
      prod: undefined,
      example: one.example ?? settings[index]?.example,
    }));
    members.set(entries, { path: alike ? `${alike.path}, ${path}` : path, settings: shared ?? settings });
  }
  return [...members.values()];
}

function groupsOf(path: string, schema: SettingSchema): Array<SettingGroup & { readonly entries: unknown }> {
  const { entries, item } = schema;
  if (item) return groupsOf(`${path}[]`, item);
  if (!entries) return [];
  const inside = Object.entries(entries).map(([name, entry]) => [name, present(entry)] as const);
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return [
    { path, entries, settings: inside.map(([name, entry]) => settingOf(name, pathOf(name), entry)) },
    ...inside.flatMap(([name, entry]) => groupsOf(pathOf(name), entry)),
  ];
}

function settingOf(name: string, path: string, schema: SettingSchema): DocumentedSetting {
  const [dev, prod] = [valueAt(builtInStages.dev, path), valueAt(builtInStages.prod, path)];
  return {
    name,
    description: v.getDescription(schema) ?? '',
    allowed: String(schema.message),
    dev,
    prod,
    example: v.getMetadata(schema)['example'] ?? (schema.entries ? undefined : (prod ?? dev)),
    schema,
  };
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === name)?.[1] : undefined,
      value,
    );
}
