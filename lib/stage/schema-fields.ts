import type * as v from 'valibot';

/** The parts of setting schemas: objects, lists and values, any of which may be optional. */
export interface SettingSchema extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, SettingSchema>>;
  readonly item?: SettingSchema;
  readonly wrapped?: SettingSchema;
  /** A description of the allowed values. */
  readonly message?: unknown;
}

/** Returns the schema inside an optional one. */
export const present = (schema: SettingSchema): SettingSchema => schema.wrapped ?? schema;

/** Returns the schema at a dotted path such as `throttle.batch` or `domains.0.name`; `undefined` for an unknown field. */
function schemaAt(root: SettingSchema, path: string): SettingSchema | undefined {
  let schema: SettingSchema | undefined = root;
  for (const name of path.split('.').filter((part) => part !== '')) {
    // All members of a list have one schema.
    const member: SettingSchema | undefined = schema?.item ?? schema?.entries?.[name];
    schema = member && present(member);
  }
  return schema;
}

/** Returns the names of the fields at a path; none for a single value. */
export const fieldsAt = (root: SettingSchema, path: string): string[] =>
  Object.keys(schemaAt(root, path)?.entries ?? {});

/** Returns the description of the allowed values at a path. */
export function allowedAt(root: SettingSchema, path: string): string | undefined {
  const message = schemaAt(root, path)?.message;
  return typeof message === 'string' ? message : undefined;
}
