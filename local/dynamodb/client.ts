import { isObject, type JsonObject, parseJson, stringOrUndefined } from '../json';
import { region } from '../account';
import { postTo, type Post } from './post';

/**
 * Local servers want a well-formed signature and do not check it. It is the same for everything sent, since some keep
 * one database per access key.
 */
export const runnerAuthorization = {
  authorization: `AWS4-HMAC-SHA256 Credential=RUNNER/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  'x-amz-date': '20260101T000000Z',
};

/** An error answer of DynamoDB, by the name that its `__type` ends in. */
export class DynamoDbError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(`${type}: ${message}`);
  }
}

/** The runner's own calls to the DynamoDB server: its JSON protocol, without the SDK's start-up cost. */
export class DynamoDbClient {
  private readonly post: Post;

  constructor(readonly endpoint: string) {
    this.post = postTo(endpoint).post;
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      ...runnerAuthorization,
    };
    const { status, body: text } = await this.post(headers, JSON.stringify(input));
    const answer = parseJson(text);
    const body = isObject(answer) ? answer : {};
    if (status >= 200 && status < 300) return body;
    const type = stringOrUndefined(body['__type'])?.split('#').pop() ?? `HTTP ${status}`;
    throw new DynamoDbError(type, stringOrUndefined(body['message'] ?? body['Message']) ?? 'no message');
  }
}
