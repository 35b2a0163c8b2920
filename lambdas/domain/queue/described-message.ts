import * as v from 'valibot';

/** The visible part of a queued message: never a secret, and nothing of a visitor. */
export interface DescribedMessage {
  readonly kind: 'postback' | 'click' | 'log' | 'unknown';
  readonly requestId?: string;
  readonly receivedAt?: string;
  readonly method?: string;
  readonly path?: string;
  /** The integration that its sender authenticated as. */
  readonly integration?: string;
  readonly batchId?: string;
  /** The request, masked when the message was written. */
  readonly raw?: string;
}

const text = v.optional(v.string());
const shownFields = {
  requestId: text,
  receivedAt: text,
  method: text,
  path: text,
  integration: text,
  batchId: text,
  raw: text,
};

/** Reads as leniently as possible: messages of another version are the ones that end among the dead letters. */
const messageSchema = v.variant('kind', [
  v.object({ kind: v.literal('postback'), ...shownFields }),
  v.object({ kind: v.literal('click') }),
  v.object({ kind: v.literal('log'), row: v.object(shownFields) }),
]);

export function describeMessage(body: string): DescribedMessage {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { kind: 'unknown' };
  }
  const reading = v.safeParse(messageSchema, parsed);
  if (!reading.success) return { kind: 'unknown' };
  const message = reading.output;
  switch (message.kind) {
    case 'postback':
      return message;
    case 'click':
      return { kind: 'click' };
    case 'log':
      return { kind: 'log', ...message.row };
  }
}
