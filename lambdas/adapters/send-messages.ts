import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { abortSignal, type Deadline } from './deadline';

const callMilliseconds = 5000;
/** The limit of SQS per request. */
const batchSize = 10;
const batchBytes = 1024 * 1024;
/** Metadata of a message: its group and its attribute, both of which name a source. */
const besideBodyBytes = 1024;

/** A message of a batch; its ID within the request is assigned here. */
export type BatchMessage = Omit<SendMessageBatchRequestEntry, 'Id' | 'MessageBody'> & { readonly MessageBody: string };

/** Sends messages by tens in parallel; returns the indexes of those that the queue rejected. */
export async function sendMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly BatchMessage[],
  deadline: Deadline,
): Promise<readonly number[]> {
  async function sendTogether(group: Group): Promise<readonly number[]> {
    try {
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: group.map(({ index, message }) => ({ ...message, Id: String(index) })),
        }),
        { abortSignal: abortSignal(deadline, callMilliseconds) },
      );
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      return group.map(({ index }) => index).filter((index) => !taken.has(String(index)));
    } catch {
      return group.map(({ index }) => index);
    }
  }
  return (await Promise.all(groupsOf(messages).map(sendTogether))).flat();
}

type Group = readonly { readonly index: number; readonly message: BatchMessage }[];

/** Splits messages into requests by number and size. */
function groupsOf(messages: readonly BatchMessage[]): readonly Group[] {
  const groups: Group[number][][] = [];
  let room = 0;
  for (const [index, message] of messages.entries()) {
    const { MessageBody, MessageAttributes } = message;
    const bytes = Buffer.byteLength(MessageBody) + (MessageAttributes === undefined ? 0 : besideBodyBytes);
    const last = groups.at(-1);
    if (last !== undefined && last.length < batchSize && bytes <= room) {
      last.push({ index, message });
      room -= bytes;
    } else {
      groups.push([{ index, message }]);
      room = batchBytes - bytes;
    }
  }
  return groups;
}
