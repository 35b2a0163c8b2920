import { s3Error } from '../s3/xml';
import type { JsonService, Service, WireAnswer } from './message';

export const contentTypes: Readonly<Record<JsonService, string>> = {
  dynamodb: 'application/x-amz-json-1.0',
  sqs: 'application/x-amz-json-1.0',
  secretsmanager: 'application/x-amz-json-1.1',
  athena: 'application/x-amz-json-1.1',
};

export function jsonAnswer(service: JsonService, status: number, body: unknown): WireAnswer {
  return { status, contentType: contentTypes[service], body: JSON.stringify(body) };
}

/** Builds an error with the service's message; AWS uses both spellings of `message`, and SDKs read either. */
export function serviceError(service: Service, status: number, type: string, message: string): WireAnswer {
  if (service === 's3') return s3Error(status, type, message);
  return jsonAnswer(service, status, { __type: type, message, Message: message });
}

/** Builds the throttling error of a service: each has a different name for it, and SDKs retry each. */
export function throttleAnswer(service: Service): WireAnswer {
  switch (service) {
    case 'dynamodb':
      // The error of an on-demand table: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
      return serviceError(
        service,
        400,
        'com.amazonaws.dynamodb.v20120810#ThrottlingException',
        'Throughput exceeds the current capacity of your table or index. (injected by the local stack)',
      );
    case 'sqs':
      return serviceError(
        service,
        400,
        'com.amazonaws.sqs#RequestThrottled',
        'Request is throttled. (injected by the local stack)',
      );
    case 'secretsmanager':
    case 'athena':
      return serviceError(service, 400, 'ThrottlingException', 'Rate exceeded (injected by the local stack)');
    case 's3':
      return serviceError(service, 503, 'SlowDown', 'Please reduce your request rate. (injected by the local stack)');
  }
}

/** Builds the error for a caller whose policies do not allow the call. */
export function deniedAnswer(service: Service, denial: string): WireAnswer {
  if (service === 's3') return s3Error(403, 'AccessDenied', denial);
  const status = service === 'sqs' ? 403 : 400;
  return serviceError(service, status, 'com.amazon.coral.service#AccessDeniedException', denial);
}

/** Builds the error for temporary credentials that expired. SDKs do not retry it. */
export function expiredTokenAnswer(service: Service): WireAnswer {
  const type = service === 'dynamodb' ? 'com.amazon.coral.service#ExpiredTokenException' : 'ExpiredTokenException';
  const message = 'The security token included in the request is expired (injected by the local stack)';
  if (service === 's3') return s3Error(400, 'ExpiredToken', message);
  return serviceError(service, service === 'sqs' ? 403 : 400, type, message);
}

export function serverErrorAnswer(service: Service): WireAnswer {
  if (service === 's3') return s3Error(500, 'InternalError', 'Internal server error (injected by the local stack)');
  const types = { dynamodb: 'com.amazonaws.dynamodb.v20120810#InternalServerError', athena: 'InternalServerException' };
  const type = { sqs: 'InternalFailure', secretsmanager: 'InternalFailure', ...types }[service];
  return serviceError(service, 500, type, 'Internal server error (injected by the local stack)');
}
