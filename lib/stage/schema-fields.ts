import type * as v from 'valibot';

/** What the schemas of settings are made of: objects, lists and values, any of which may be left out. */
export interface SettingSchema extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, SettingSchema>>;
  readonly item?: SettingSchema;
  readonly wrapped?: SettingSchema;
  /** What is allowed, in words. */
  readonly message?: unknown;
}

/** The schema of what may be left out, as it is where it is not. */
export const present = (schema: SettingSchema): SettingSchema => schema.wrapped ?? schema;

/** The schema at a dotted path such as `throttle.batch` or `domains.0.name`; `undefined` where there is no such field. */
function schemaAt(root: SettingSchema, path: string): SettingSchema | undefined {
  let schema: SettingSchema | undefined = root;
  for (const name of path.split('.').filter((part) => part !== '')) {
    // The members of a list are all alike, whatever their number.
    const member: SettingSchema | undefined = schema?.item ?? schema?.entries?.[name];
    schema = member && present(member);
  }
  return schema;
}

/** The names of the fields at a path; none where it is a single value. */
export const fieldsAt = (root: SettingSchema, path: string): string[] =>
  Object.keys(schemaAt(root, path)?.entries ?? {});

/** What may stand at a path, in the words that every schema carries. */
export function allowedAt(root: SettingSchema, path: string): string | undefined {
  const message = schemaAt(root, path)?.message;
  return typeof message === 'string' ? message : undefined;
}
