import * as v from 'valibot';
import type { Click } from '../click/click';
import type { RequestId } from '../values/request-id';
import { loggedParameters } from '../log/logged-parameters';
import { maskedRaw, maskText } from '../log/masking';
import type { LogRow } from '../log/log-row';
import { openSealed, seal } from '../trust/seal';
import type { Master } from '../trust/keys';
import { readKeptRequest, writeRequest, type KeptRequest } from '../trust/request-text';

/** A postback that waits, with everything needed to judge it again as of the moment when it came. */
export interface QueuedPostback extends KeptRequest {
  readonly requestId: RequestId;
  /** The reason of its wait. */
  readonly reason: 'PENDING_RETRY' | 'PENDING_UNMATCHED' | 'PENDING_BATCH';
  readonly batchId?: string;
  /** Its number in its batch, from 1: rows of one event time count in this order. */
  readonly row?: number;
  /** Number of this conversion among several that the request lists, from 1. */
  readonly part?: number;
  /** Time at which storage first answered that there is no such click. Milliseconds since 1970. */
  readonly unmatchedSince?: number;
  /** Storage was in trouble while it waited: its click may be in the queue as well. */
  readonly troubled?: true;
  /** It was judged, and is judged again: its sale may have been written at the same moment. */
  readonly secondLook?: true;
  /** Number of judgements before this message was sent; where absent, one, or none for a row of a batch. */
  readonly judgedBefore?: number;
}

/** The messages of the RetryQueue. A click and a log row hold nothing secret and are sent unsealed. */
export type QueueMessage =
  | { readonly kind: 'postback'; readonly postback: QueuedPostback }
  | { readonly kind: 'click'; readonly fields: unknown }
  | { readonly kind: 'log'; readonly fields: unknown };

export type MessageReading =
  { readonly ok: true; readonly message: QueueMessage } | { readonly ok: false; readonly problem: string };

const version = 1;

const envelopeSchema = v.variant('kind', [
  v.object({
    version: v.literal(version),
    kind: v.literal('postback'),
    requestId: v.string(),
    reason: v.picklist(['PENDING_RETRY', 'PENDING_UNMATCHED', 'PENDING_BATCH']),
    batchId: v.optional(v.string()),
    sealed: v.string(),
  }),
  v.object({ version: v.literal(version), kind: v.literal('click'), click: v.unknown() }),
  v.object({ version: v.literal(version), kind: v.literal('log'), row: v.unknown() }),
]);

/** Sealed with the request, so that write access to the queue cannot forge it. */
const carriedSchema = v.object({
  row: v.optional(v.number()),
  part: v.optional(v.number()),
  unmatchedSince: v.optional(v.number()),
  troubled: v.optional(v.literal(true)),
  secondLook: v.optional(v.literal(true)),
  judgedBefore: v.optional(v.number()),
});

/** Messages of earlier versions carry nothing beside the request. */
const sealedSchema = v.object({ carried: v.optional(carriedSchema, {}) });

/** Letters that a message of a batch shows of its row: a thousand of them are written while the sender waits. */
const batchRawLimit = 1024;

export function writePostbackMessage(postback: QueuedPostback, master: Master): string {
  const { request, authenticated, requestId, reason, batchId, ...carried } = postback;
  const kept = { request, ...(authenticated !== undefined && { authenticated }) };
  const sealed = seal(writeRequest(kept, carried), master, { use: 'queue', requestId });
  // Fields outside the seal are for people who look into the queue, and for the log row of a message that is set aside.
  const shown = {
    receivedAt: new Date(request.receivedAt).toISOString(),
    method: request.method,
    path: maskText(request.path),
    integration: authenticated?.integration,
    raw: maskedRaw(request, loggedParameters(), reason === 'PENDING_BATCH' ? batchRawLimit : undefined),
  };
  return JSON.stringify({ version, kind: 'postback', requestId, reason, batchId, ...shown, sealed });
}

export function writeClickMessage(click: Click): string {
  return JSON.stringify({ version, kind: 'click', click });
}

export function writeLogMessage(row: LogRow): string {
  return JSON.stringify({ version, kind: 'log', row });
}

/** Reads a message; its problem is described in words that a dead letter may contain, and never quotes it. */
export function readMessage(body: string, master: Master): MessageReading {
  const envelope = v.safeParse(v.pipe(v.string(), v.rawTransform(parseJson), envelopeSchema), body);
  if (!envelope.success) return { ok: false, problem: 'the message is none that this version writes' };
  const message = envelope.output;
  switch (message.kind) {
    case 'click':
      return { ok: true, message: { kind: 'click', fields: message.click } };
    case 'log':
      return { ok: true, message: { kind: 'log', fields: message.row } };
    case 'postback': {
      const opened = openSealed(message.sealed, master, { use: 'queue', requestId: message.requestId });
      if (opened === undefined) return { ok: false, problem: 'no live master key opens it' };
      const kept = readKeptRequest(opened);
      const carried = kept && v.safeParse(sealedSchema, JSON.parse(opened));
      if (kept === undefined || carried?.success !== true) {
        return { ok: false, problem: 'the sealed request does not read' };
      }
      const { reason, batchId } = message;
      return {
        ok: true,
        message: {
          kind: 'postback',
          postback: {
            // Only our own code seals, so the ID beside the seal is one that it minted.
            requestId: message.requestId as RequestId,
            reason,
            ...kept,
            ...(batchId !== undefined && { batchId }),
            ...carried.output.carried,
          },
        },
      };
    }
  }
}

function parseJson({
  dataset,
  addIssue,
  NEVER,
}: {
  dataset: { value: string };
  addIssue: () => void;
  NEVER: never;
}): unknown {
  try {
    return JSON.parse(dataset.value);
  } catch {
    addIssue();
    return NEVER;
  }
}
