import type { Athena } from '../athena/service';
import type { Post } from '../dynamodb/post';
import { evaluate } from '../iam/evaluate';
import { isObject, type JsonObject, listOf, parseJson } from '../json';
import { bucketArn } from '../s3/arn';
import type { ObjectStore } from '../s3/object-store';
import { serveS3 } from '../s3/serve';
import type { SecretStore } from '../secrets/store';
import type { SqsServer } from '../sqs/server';
import type { FunctionModel, StackModel } from '../template/model';
import { contentTypes, jsonAnswer } from './answers';
import type { WireAnswer } from './message';
import { capacityUnitsOf } from './operations';
import type { JsonRequest, WireRequest } from './request';
import type { Need } from './message';

export interface Forwarded {
  readonly answer: WireAnswer;
  readonly capacityUnits: number;
}

export interface Forwarder {
  /** Permissions that IAM must grant for a request. */
  needsOf(request: WireRequest): readonly Need[];
  forward(request: WireRequest, caller: FunctionModel): Promise<Forwarded>;
  close(): void;
}

export interface Servers {
  readonly dynamoDb: Post;
  readonly sqs: SqsServer;
  readonly secrets: SecretStore;
  readonly objects: ObjectStore;
  readonly athena: Athena;
  readonly stack: StackModel;
}

/** Forwards an authorized request to its server. */
export function createForwarder({ dynamoDb, sqs, secrets, objects, athena, stack }: Servers): Forwarder {
  return {
    async forward(request, caller) {
      switch (request.service) {
        case 'dynamodb':
          return forwardToDynamoDb(request, dynamoDb);
        case 'sqs':
          return { answer: await forwardToSqs(request, sqs, stack), capacityUnits: 0 };
        case 'secretsmanager': {
          const { status, body } = secrets.answer(request.operation, request.input);
          return { answer: jsonAnswer('secretsmanager', status, body), capacityUnits: 0 };
        }
        case 'athena':
          return { answer: athena.answer(request, caller), capacityUnits: 0 };
        case 's3': {
          const mayList = evaluate(caller.statements, 's3:ListBucket', bucketArn(request.bucket)) === 'allowed';
          return { answer: serveS3(request, objects, mayList), capacityUnits: 0 };
        }
      }
    },
    needsOf: (request) => (request.service === 'athena' ? athena.needsOf(request) : request.needs),
    close: () => dynamoDb.close(),
  };
}

const withCapacity: readonly string[] = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
];

/** The response to a function that asked for one table's capacity, as dynoxide writes it: first, as one flat object. */
const capacityFirst = /^\{"ConsumedCapacity":\{"TableName":"[^"\\]*","CapacityUnits":([\d.]+)\}(,?)/;

/** Requests the consumed capacity also where the function did not, and removes it from the response. */
async function forwardToDynamoDb(request: JsonRequest, send: Post): Promise<Forwarded> {
  const asked = request.input['ReturnConsumedCapacity'];
  const adds = withCapacity.includes(request.operation) && (asked === undefined || asked === 'NONE');
  const { status, body } = await send(request.operation, adds ? askingForCapacity(request) : request.body);
  const [counted, units, comma] = adds ? (capacityFirst.exec(body) ?? []) : [];
  if (counted !== undefined && (comma === ',' || body.length === counted.length + 1)) {
    const answer = { status, contentType: contentTypes.dynamodb, body: `{${body.slice(counted.length)}` };
    return { answer, capacityUnits: Number(units) };
  }
  const parsed = parseJson(body);
  if (!isObject(parsed)) return { answer: { status, contentType: contentTypes.dynamodb, body }, capacityUnits: 0 };
  const { ConsumedCapacity: consumed, ...rest } = parsed;
  return {
    answer: adds ? jsonAnswer('dynamodb', status, rest) : { status, contentType: contentTypes.dynamodb, body },
    capacityUnits: isFailedCondition(parsed) ? 1 : capacityUnitsOf(consumed),
  };
}

/** Inserts the request for capacity before the rest of the text, which stays unchanged. */
function askingForCapacity({ input, body }: JsonRequest): string {
  if (input['ReturnConsumedCapacity'] !== undefined || !/^\{\s*"/.test(body)) {
    return JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' });
  }
  return `{"ReturnConsumedCapacity":"TOTAL",${body.slice(1)}`;
}

/** A failed conditional write is charged like a successful one; its response has no figure. Rows here are below 1 KB. */
function isFailedCondition({ __type: type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('#ConditionalCheckFailedException');
}

async function forwardToSqs(request: JsonRequest, sqs: SqsServer, stack: StackModel): Promise<WireAnswer> {
  const answer = await sqs.request(request.operation, request.body);
  const headers = answer.queryError === undefined ? {} : { headers: { 'x-amzn-query-error': answer.queryError } };
  const body = parseJson(answer.body);
  if (!isObject(body)) return { ...answer, ...headers };
  // fauxqs returns the URL under which it first saw a queue; this run's gateway has another port.
  const urlHere = (url: unknown): unknown =>
    stack.queues.find(({ name }) => typeof url === 'string' && url.endsWith(`/${name}`))?.url ?? url;
  const { QueueUrl: url, QueueUrls: urls, ...rest } = body;
  return {
    ...jsonAnswer('sqs', answer.status, {
      ...rest,
      ...(url === undefined ? {} : { QueueUrl: urlHere(url) }),
      ...(urls === undefined ? {} : { QueueUrls: listOf(urls).map(urlHere) }),
    }),
    ...headers,
  };
}
