import type { Campaign } from '../domain/configuration/campaign';
import type { Integration } from '../domain/configuration/integration';
import type { Click } from '../domain/click/click';
import type { ClickId } from '../domain/identifiers/click-id';
import type { RequestId } from '../domain/identifiers/request-id';
import type { FieldValue, FieldValues } from '../domain/postback/field-values';
import type { Reading } from '../domain/postback/reading';
import type { PostbackRequest } from '../domain/postback/request';
import type { Believed } from '../domain/queue/message';
import type { Warning } from '../domain/postback/verdict';

/** A postback that is to be judged, for the first time or again. */
export interface Submission {
  readonly request: PostbackRequest;
  /** Also the mark of an attempt: a conversion that carries it was written for this very request. */
  readonly requestId: RequestId;
  /** 1 for the first time. */
  readonly attempts: number;
  readonly batchId?: string;
  /** Its number in its batch, from 1: the sender's own order where event times are the same. */
  readonly row?: number;
  /** What identifies it wherever and however often it is sent. */
  readonly statement?: string;
  /** As whom, and by which version of the integration, the sender was believed when the request came. */
  readonly believed?: Believed;
  /**
   * The integration as which the sender was believed before: with its batch, or when the request first came. Where the postback
   * turns out to be another integration's, this counts nothing.
   */
  readonly authenticated?: string;
}

/** What judgement has learnt so far; the answer and the log row tell of it whatever the verdict. */
export interface Facts {
  readonly integrationId?: string;
  readonly integration?: Integration;
  readonly campaignId?: string;
  readonly campaign?: Campaign;
  readonly clickId?: ClickId;
  readonly click?: Click;
  readonly keyId?: string;
  /** The sender was believed by the rules of `integration`, whether or not the postback was in order. */
  readonly authenticated?: true;
  /** The click was erased: nothing of the request may be kept. */
  readonly erased?: true;
  /** The parameter that carried the click ID, and the texts of the other fields: what a dry run explains. */
  readonly clickIdValue?: FieldValue;
  readonly values?: FieldValues;
  readonly reading?: Reading;
  readonly test: boolean;
  readonly dryRun: boolean;
  readonly warnings: readonly Warning[];
}
