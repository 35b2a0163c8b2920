import type { Click } from '../domain/click/click';
import type { Campaign } from '../domain/configuration/campaign';
import type { Integration } from '../domain/configuration/integration';
import type { ConversionSubject } from '../domain/conversion/conversion';
import type { ClickId } from '../domain/click/click-id';
import type { RequestId } from '../domain/values/request-id';
import type { FieldValue } from '../domain/request/parameter-index';
import type { FieldValues } from '../domain/request/field-values';
import type { Parameter } from '../domain/text/query';
import type { Reading } from '../domain/request/reading';
import type { PostbackRequest } from '../domain/text/postback-request';
import type { Warning } from '../domain/values/reasons';
import type { AuthenticatedAs } from '../domain/trust/authenticated';
import type { Trust } from '../domain/trust/authentication';

/** A postback that is to be judged, for the first time or again. */
export interface Submission {
  /** As it came; where `authenticated` is there, only what authentication covered. */
  readonly request: PostbackRequest;
  /** Also the mark of an attempt: a conversion that carries it was written for this very request. */
  readonly requestId: RequestId;
  /** 1 for the first time. */
  readonly attempts: number;
  readonly batchId?: string;
  /** The number of the row in its batch, from 1: rows of one event time count in file order. */
  readonly row?: number;
  /** Number of this conversion among several that one request lists, from 1; absent for the first, and where it lists none. */
  readonly part?: number;
  /** The result of authentication at receipt. It is not computed again. */
  readonly authenticated?: AuthenticatedAs;
  /** Set on a replay of a recorded postback: the key that it was recorded under, which a replay never leaves. */
  readonly recordedAs?: Pick<ConversionSubject, 'event' | 'transactionId' | 'repeatOf'>;
}

/** The facts that judgement has found so far. The answer and the log row report them with any verdict. */
export interface JudgedFacts {
  readonly integrationId?: string;
  readonly integration?: Integration;
  readonly integrationVersion?: number;
  readonly campaignId?: string;
  readonly campaign?: Campaign;
  readonly clickId?: ClickId;
  /** Milliseconds since 1970: when the click ID was minted. */
  readonly mintedAt?: number;
  readonly click?: Click;
  /** `none` until the sender is authenticated, or where the rules of its integration reject it. */
  readonly trust: Trust;
  readonly authenticated?: AuthenticatedAs;
  /** The readable part: all of the request until it is authenticated, then the part that authentication covered. */
  readonly covered: PostbackRequest;
  /** The click was erased: nothing of the request may be kept. */
  readonly erased?: true;
  readonly parameters?: readonly Parameter[];
  /** Number of conversions that the request lists: each is judged separately. */
  readonly parts?: number;
  /** The parameter that carried the click ID, and the texts of the other fields, for the explanation of a dry run. */
  readonly clickIdValue?: FieldValue;
  readonly values?: FieldValues;
  readonly reading?: Reading;
  /** Only a browser had reported the conversion before. */
  readonly confirms?: true;
  readonly test: boolean;
  readonly dryRun: boolean;
  readonly warnings: readonly Warning[];
}
