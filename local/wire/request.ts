import type { IncomingHttpHeaders } from 'node:http';
import { arn } from '../account';
import { readS3Request, type S3Request } from '../s3/read-request';
import { isObject, type JsonObject, listOf, objectOrEmpty, parseJson, stringOrUndefined } from '../json';
import type { JsonService, Need } from './message';

/** One call of a function to an AWS service, as received by the gateway. */
export type WireRequest = JsonRequest | S3Request;

export interface JsonRequest {
  readonly service: JsonService;
  readonly operation: string;
  readonly input: JsonObject;
  /** The raw input, which is forwarded unchanged. */
  readonly body: string;
  /** Access key of the caller: each function has a different one. */
  readonly accessKeyId: string | undefined;
  /** Session token of the caller: each execution environment has a different one. */
  readonly sessionToken: string | undefined;
  /** Names of the tables, the queue or the secret of the call. */
  readonly targets: readonly string[];
  /** Permissions that IAM must grant for it. */
  readonly needs: readonly Need[];
}

const servicesByPrefix: Readonly<Record<string, JsonService>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
  AmazonAthena: 'athena',
};

/** The received HTTP request. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Reads a request; `undefined` if it is for no supported service. */
export function readReceived({ method, url, headers, bytes }: Received): WireRequest | undefined {
  if (headers['x-amz-target'] !== undefined) return readWireRequest(headers, bytes.toString());
  return readS3Request(method, url, headers, bytes, callerIn(headers));
}

/** Reads a request of one of the JSON protocols; `undefined` for anything else. */
export function readWireRequest(headers: IncomingHttpHeaders, given: string): JsonRequest | undefined {
  const [prefix = '', operation] = (stringOrUndefined(headers['x-amz-target']) ?? '').split('.');
  const service = Object.hasOwn(servicesByPrefix, prefix) ? servicesByPrefix[prefix] : undefined;
  const body = given === '' ? '{}' : given;
  const input = parseJson(body);
  if (service === undefined || operation === undefined || !isObject(input)) return undefined;
  return { service, operation, input, body, ...callerIn(headers), ...readers[service](operation, input) };
}

function callerIn(headers: IncomingHttpHeaders): Pick<JsonRequest, 'accessKeyId' | 'sessionToken'> {
  return {
    accessKeyId: /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1],
    sessionToken: stringOrUndefined(headers['x-amz-security-token']),
  };
}

type Reader = (operation: string, input: JsonObject) => Pick<JsonRequest, 'targets' | 'needs'>;

const readers: Readonly<Record<JsonService, Reader>> = {
  dynamodb: readDynamoDb,
  sqs: readSqs,
  secretsmanager: readSecretsManager,
  athena: readAthena,
};

/** A transaction needs the permission of each of its parts: `dynamodb:TransactWriteItems` is no action. */
const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function readDynamoDb(operation: string, input: JsonObject): Pick<JsonRequest, 'targets' | 'needs'> {
  const parts: { action: string; table: string; index?: string | undefined }[] = [];
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    for (const item of listOf(input['TransactItems'])) {
      for (const [kind, part] of Object.entries(objectOrEmpty(item))) {
        parts.push({ action: transactionActions[kind] ?? kind, table: tableName(objectOrEmpty(part)['TableName']) });
      }
    }
  } else if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    for (const table of Object.keys(objectOrEmpty(input['RequestItems']))) {
      parts.push({ action: operation, table: tableName(table) });
    }
  } else {
    const index = stringOrUndefined(input['IndexName']);
    parts.push({ action: operation, table: tableName(input['TableName']), index });
  }
  return {
    targets: [...new Set(parts.map(({ table }) => table))],
    needs: parts.map(({ action, table, index }) => ({
      action: `dynamodb:${action}`,
      resourceArn:
        table === '*' ? '*' : arn('dynamodb', `table/${table}${index === undefined ? '' : `/index/${index}`}`),
    })),
  };
}

/** The API accepts a table's ARN instead of its name. Operations without a table are on `*`. */
function tableName(given: unknown): string {
  return typeof given === 'string' ? given.replace(/^arn:[^/]*:table\//, '') : '*';
}

function readSqs(operation: string, input: JsonObject): Pick<JsonRequest, 'targets' | 'needs'> {
  const url = stringOrUndefined(input['QueueUrl']);
  const queue = url?.split('/').pop() ?? stringOrUndefined(input['QueueName']) ?? '*';
  // The batch operations have no separate actions.
  const action = `sqs:${operation.replace(/Batch$/, '')}`;
  return { targets: [queue], needs: [{ action, resourceArn: queue === '*' ? '*' : arn('sqs', queue) }] };
}

function readSecretsManager(operation: string, input: JsonObject): Pick<JsonRequest, 'targets' | 'needs'> {
  const secret = stringOrUndefined(input['SecretId']) ?? '*';
  return {
    targets: [secret],
    // The gateway replaces a name by the secret's ARN.
    needs: [{ action: `secretsmanager:${operation}`, resourceArn: secret }],
  };
}

/** Only the service knows the workgroup of a query, and so the permissions of a request. */
function readAthena(_operation: string, input: JsonObject): Pick<JsonRequest, 'targets' | 'needs'> {
  const workGroup = stringOrUndefined(input['WorkGroup']);
  return { targets: workGroup === undefined ? [] : [workGroup], needs: [] };
}
