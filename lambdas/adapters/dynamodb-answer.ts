import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { HttpAnswer } from './http-exchange';

/** DynamoDB's answer: its output, a failed condition, or a failure for the SDK to handle. */
export type DynamoDbAnswer =
  | { readonly outcome: 'done'; readonly output: object }
  | { readonly outcome: 'rejected'; readonly error: DynamoDBServiceException }
  | { readonly outcome: 'failed'; readonly error: DynamoDBServiceException };

const failureSchema = v.looseObject({
  __type: v.string(),
  message: v.optional(v.string()),
  Message: v.optional(v.string()),
});

/** Parses an answer as the SDK does. */
export function readDynamoDbAnswer({ status, text }: HttpAnswer): DynamoDbAnswer {
  const $metadata = { httpStatusCode: status, attempts: 1, totalRetryDelay: 0 };
  const parsed = jsonObject(text);
  if (status === 200 && parsed !== undefined) return { outcome: 'done', output: { ...parsed, $metadata } };
  const failure = v.safeParse(failureSchema, parsed);
  const {
    __type: type = 'UnknownError',
    Message,
    message = Message ?? `HTTP ${status}`,
    ...rest
  } = failure.success ? failure.output : {};
  const name = type.replace(/^.*#/, '');
  const shared = { ...rest, message, $metadata };
  if (name === 'ConditionalCheckFailedException') {
    return { outcome: 'rejected', error: new ConditionalCheckFailedException(shared) };
  }
  if (name === 'TransactionCanceledException') {
    return { outcome: 'rejected', error: new TransactionCanceledException(shared) };
  }
  const $fault = status < 500 ? 'client' : 'server';
  return { outcome: 'failed', error: new DynamoDBServiceException({ name, $fault, message, $metadata }) };
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
