import { isObject, type JsonObject, parseJson, stringOrUndefined } from '../json';
import type { Post } from './post';

/** An error of DynamoDB, by the name at the end of its `__type`. */
export class DynamoDbError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(`${type}: ${message}`);
  }
}

/** The runner's calls to the DynamoDB server: its JSON protocol, without the SDK's start-up cost. */
export class DynamoDbClient {
  constructor(readonly post: Post) {}

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    const { status, body: text } = await this.post(operation, JSON.stringify(input));
    const answer = parseJson(text);
    const body = isObject(answer) ? answer : {};
    if (status >= 200 && status < 300) return body;
    const type = stringOrUndefined(body['__type'])?.split('#').pop() ?? `HTTP ${status}`;
    throw new DynamoDbError(type, stringOrUndefined(body['message'] ?? body['Message']) ?? 'no message');
  }
}
