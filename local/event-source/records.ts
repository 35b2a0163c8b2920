import { region } from '../account';
import { isObject, type JsonObject, objectOrEmpty } from '../json';

/** The used fields of a message from ReceiveMessage. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly record: JsonObject;
}

/**
 * Builds the message of a Lambda event: the API's fields under other names.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function readReceivedMessage(message: unknown, queueArn: string): ReceivedMessage | undefined {
  if (!isObject(message)) return undefined;
  const { MessageId: messageId, ReceiptHandle: receiptHandle } = message;
  if (typeof messageId !== 'string' || typeof receiptHandle !== 'string') return undefined;
  const record = {
    messageId,
    receiptHandle,
    body: message['Body'],
    attributes: objectOrEmpty(message['Attributes']),
    messageAttributes: Object.fromEntries(
      Object.entries(objectOrEmpty(message['MessageAttributes'])).map(([name, value]) => [name, readAttribute(value)]),
    ),
    md5OfBody: message['MD5OfBody'],
    ...(message['MD5OfMessageAttributes'] === undefined
      ? {}
      : { md5OfMessageAttributes: message['MD5OfMessageAttributes'] }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
  return { messageId, receiptHandle, record };
}

function readAttribute(value: unknown): JsonObject {
  const { DataType, StringValue, BinaryValue } = objectOrEmpty(value);
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
