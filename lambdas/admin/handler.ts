import { dynamoDbClient } from '../adapters/dynamodb';
import { adminApi } from './admin-api';
import type { Answer } from './http/answer';
import type { AdminEvent } from './http/request';
import { servicesFromEnvironment } from './http/services';

let serve: ((event: AdminEvent) => Promise<Answer>) | undefined;

/** Serves the admin API. Its clients are made by the first request and live as long as the function. */
export async function handler(event: AdminEvent): Promise<Answer> {
  serve ??= adminApi(servicesFromEnvironment(dynamoDbClient()));
  return serve(event);
}
