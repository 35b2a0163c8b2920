import { record } from '../../lambdas/admin/support/admin-caller';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** One operation as a client finds it in the document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly security: unknown;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: Schema };
  /** By status: the schema of each media type. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

export function readOperations(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  return Object.entries(record(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(record(methods)).map(([method, told]) => operationOf(path, method.toUpperCase(), record(told))),
  );
}

function operationOf(path: string, method: string, told: Schema): Operation {
  const body = told['requestBody'] === undefined ? undefined : record(told['requestBody']);
  const parameters = Array.isArray(told['parameters']) ? told['parameters'].map(record) : [];
  return {
    id: String(told['operationId']),
    method,
    path,
    summary: String(told['summary']),
    security: told['security'],
    parameters: parameters.map((parameter) => ({
      name: String(parameter['name']),
      in: String(parameter['in']),
      required: parameter['required'] === true,
      schema: record(parameter['schema']),
    })),
    ...(body !== undefined && {
      body: { required: body['required'] === true, schema: contentOf(body)['application/json'] ?? {} },
    }),
    responses: Object.fromEntries(
      Object.entries(record(told['responses'])).map(([status, response]) => [status, contentOf(record(response))]),
    ),
  };
}

function contentOf(holder: Schema): Readonly<Record<string, Schema>> {
  const content = holder['content'] === undefined ? {} : record(holder['content']);
  return Object.fromEntries(Object.entries(content).map(([type, media]) => [type, record(record(media)['schema'])]));
}
