import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { record } from '../../lambdas/admin/support/admin-caller';
import type { Schema } from './operations';

/** The schemas of a document, to check values by. */
export interface Schemas {
  /** What is wrong with a value; `undefined` where it fits. */
  problemOf(schema: Schema, value: unknown): string | undefined;
  /** A schema with what it refers to in its place. */
  resolve(schema: Schema): Schema;
}

const documentId = 'document';

export function schemasOf(document: Readonly<Record<string, unknown>>): Schemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true, multipleOfPrecision: 9, code: { optimize: false } });
  addFormats(ajv);
  ajv.addSchema({ $id: documentId, components: document['components'] });
  const compiled = new Map<string, ValidateFunction>();
  const components = record(record(document['components'])['schemas']);

  return {
    problemOf(schema, value) {
      const text = JSON.stringify(schema).replaceAll('"#/components', `"${documentId}#/components`);
      const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
      compiled.set(text, validate);
      return validate(value) ? undefined : ajv.errorsText(validate.errors);
    },
    resolve(schema) {
      const reference = schema['$ref'];
      if (typeof reference !== 'string') return schema;
      return record(components[reference.slice(reference.lastIndexOf('/') + 1)]);
    },
  };
}
