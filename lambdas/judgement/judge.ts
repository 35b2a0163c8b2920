import type { ConversionsTable } from '../adapters/conversions-table';
import type { Deadline } from '../adapters/deadline';
import type { KeyUseTable } from '../adapters/key-use-table';
import type { ReversalMarks } from '../adapters/reversal-marks';
import type { PostbackLogTable } from '../adapters/postback-log-table';
import type { Claim } from '../domain/request/claim';
import type { ConversionSubject } from '../domain/conversion/conversion';
import { mayHaveOtherKey } from '../domain/conversion/other-key';
import { awaitsSale } from '../domain/conversion/reversal';
import { settleByKey } from '../domain/conversion/settlement';
import type { LogRow } from '../domain/log/log-row';
import { fieldNamesOf } from '../domain/request/field-names';
import { selectValues } from '../domain/request/field-values';
import { message } from '../domain/verdict/messages';
import type { Rejection } from '../domain/values/rejection';
import { reasons, type Reason } from '../domain/values/reasons';
import type { Verdict } from '../domain/verdict/verdict';
import { clickIdKeys, type Master } from '../domain/trust/keys';
import { admitReport, readBrowserClaim } from './browser-report';
import { findIntegration, findOwners, identifyClick, type Owners, type Sources } from './identify';
import { logRowOf } from './log-row-of';
import { claimOf, isIgnored, readClaim } from './read';
import { firstFacts, receive } from './receive';
import { matchClick, mayStillArrive, prepare, settledAs, type Settled, type Settling } from './settle';
import { stepPassed, rejected, unknownIntegration, type Step } from './step';
import type { JudgedFacts, Submission } from './submission';
import { authenticateFor, chooseTrusted, type Trusted } from './trust';
import { verdictOf } from './verdict';
import { withRequest } from './with-request';

/** Everything that judgement reads and writes. */
export interface JudgementStores extends Sources {
  readonly conversions: ConversionsTable;
  readonly postbackLog: PostbackLogTable;
  readonly keyUse: KeyUseTable;
  readonly reversalMarks: ReversalMarks;
  /** Days that a log row is kept. */
  readonly logRetentionDays: number;
}

/** A postback that was judged. */
export interface Judged {
  readonly verdict: Verdict;
  readonly facts: JudgedFacts;
  /** The row that reports it; `logged` says whether it is in the log already. */
  readonly row: LogRow;
  readonly logged: boolean;
}

/** Storage failed to answer in time. Nothing is promised; the facts found until then travel with the request. */
export class StorageTrouble extends Error {
  constructor(
    readonly facts: JudgedFacts,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StorageTrouble';
  }
}

/**
 * Judges a postback in five steps, the cheapest first, and records what it makes of it: receive, identify, authenticate, read, settle.
 * Throws `StorageTrouble` where storage does not take part in time: the caller queues the request, or says that nothing was kept.
 */
export async function judge(submission: Submission, stores: JudgementStores, deadline: Deadline): Promise<Judged> {
  let facts = firstFacts(submission);
  try {
    const master = await stores.masterSecret.read();
    const admitted = await admit(submission, stores, master, deadline);
    facts = admitted.facts;
    if (!admitted.ok) {
      const { rejection } = admitted;
      if (unreadReasons.includes(rejection.reason) && isIgnored(facts, submission)) {
        return await report(submission, { outcome: 'ignored', facts }, stores);
      }
      const isWaiting = rejection.reason === 'CLICK_NOT_FOUND' && mayStillArrive(facts, submission.request.receivedAt);
      return await report(
        submission,
        isWaiting ? { outcome: 'unmatched', facts } : { outcome: 'rejected', facts, rejection },
        stores,
      );
    }
    facts = await matchClick(facts, submission, stores, deadline);
    const readable = readAs(facts, submission);
    facts = readable.facts;
    if (!readable.ok) return await report(submission, { outcome: 'rejected', ...readable }, stores);
    if (facts.reading?.ignored === true) return await report(submission, { outcome: 'ignored', facts }, stores);
    const { subject, claim } = claimOf(facts, submission);
    const otherKey = await isOtherKeyPossible(submission, subject, claim, stores, deadline);
    return await settle(submission, prepare(facts, subject, claim, otherKey), stores, deadline);
  } catch (error) {
    throw new StorageTrouble(facts, error);
  }
}

/** Reads a sender's claim; a browser's report is read only as far as a browser may report. */
function readAs(facts: JudgedFacts, submission: Submission): Step {
  if (facts.trust !== 'browser') return readClaim(facts, submission);
  const admitted = admitReport(facts);
  const readable = admitted.ok ? readClaim(admitted.facts, submission) : admitted;
  return readable.ok ? readBrowserClaim(readable.facts, admitted.facts, submission.request.receivedAt) : readable;
}

/**
 * Whether the sender's first sending may be recorded under another key. Memory holds the version in force. An earlier attempt may have
 * waited while another version was saved, and its retry overtook it.
 */
async function isOtherKeyPossible(
  { attempts, recordedAs }: Submission,
  { integration }: ConversionSubject,
  claim: Claim,
  { configuration }: JudgementStores,
  deadline: Deadline,
): Promise<boolean> {
  if (recordedAs !== undefined) return false;
  return attempts > 1 || mayHaveOtherKey(claim, await configuration.find('integration', integration, deadline));
}

/** Reasons of a postback without click or values: one that its integration ignores needs neither. */
const unreadReasons: readonly Reason[] = [
  'CLICK_ID_MISSING',
  'CLICK_ID_MALFORMED',
  'CLICK_ID_FORGED',
  'MACRO_UNREPLACED',
  'PARAMETER_CONFLICT',
  'AMOUNT_INVALID',
];

/** Receives, identifies and authenticates: by the integration that the path names, else by the click. */
async function admit(submission: Submission, sources: Sources, master: Master, deadline: Deadline): Promise<Step> {
  const { request, authenticated } = submission;
  const before = firstFacts(submission);
  if (request.integration === undefined && authenticated === undefined) {
    return admitByClick(before, submission, sources, master, deadline);
  }
  const version = await findIntegration(submission, sources, deadline);
  if (version === undefined) return unknownIntegration(before, authenticated?.integration ?? request.integration ?? '');
  return examine(authenticateFor(before, version, submission, master), submission, master);
}

/** Without an integration in the path the click names it: one read, for a click ID that only this tracker can have made. */
async function admitByClick(
  before: JudgedFacts,
  submission: Submission,
  sources: Sources,
  master: Master,
  deadline: Deadline,
): Promise<Step> {
  const received = receive(before, submission.request, clickIdKeys(master), submission.part);
  if (!received.ok) return received;
  const identified = identifyClick(received.facts, master);
  if (!identified.ok) return identified;
  const { facts, forged } = identified;
  const { clickId, mintedAt } = facts;
  if (clickId === undefined || mintedAt === undefined) return rejected(facts, forged ?? notFoundRejection);
  const owners = await findOwners({ clickId, mintedAt }, submission.request.receivedAt, sources, deadline);
  const found = factsOf(owners);
  const matched = { ...before, ...found };
  const versions = await Promise.all(
    owners.integrations.map((id) => sources.configuration.find('integration', id, deadline)),
  );
  const [first, ...others] = versions
    .filter((version) => version !== undefined)
    .map((version) => authenticateFor(matched, version, submission, master));
  if (first === undefined) {
    const [owner] = owners.integrations;
    const unowned = { ...facts, ...found };
    return owner === undefined ? rejected(unowned, notFoundRejection) : unknownIntegration(unowned, owner);
  }
  const examined = examine(chooseTrusted([first, ...others]), submission, master);
  // The proof must be about this click: the rest of the request may have led to another one.
  if (!examined.ok || examined.facts.clickId === clickId) return examined;
  return rejected(examined.facts, { reason: 'PARAMETER_CONFLICT', message: message.otherClick });
}

/** Adds the click to the known facts. */
function factsOf({ click }: Owners): Partial<JudgedFacts> {
  if (click === undefined) return {};
  return click === 'erased' ? { erased: true } : { click, campaignId: click.campaign };
}

const notFoundRejection: Rejection = { reason: 'CLICK_NOT_FOUND', message: message.clickNotFound };

/**
 * Checks the shape of the part that authentication covered. A problem of the shape is reported first; a sender that is not authenticated
 * learns nothing else.
 */
function examine({ facts: before, rejection }: Trusted, { part }: Submission, master: Master): Step {
  const received = receive(before, before.covered, clickIdKeys(master), part);
  if (!received.ok) return received;
  const identified = identifyClick(received.facts, master);
  if (!identified.ok) return identified;
  const { facts, forged } = identified;
  const names = fieldNamesOf(facts.integration);
  const selected = selectValues(facts.parameters ?? [], names, facts.clickIdValue?.parameter);
  if (!selected.ok) return rejected(facts, selected.rejection);
  if (rejection !== undefined) return rejected(facts, rejection);
  if (forged !== undefined) return rejected(facts, forged);
  const { values, warnings } = selected.value;
  return stepPassed({ ...facts, values, warnings: [...facts.warnings, ...warnings] });
}

/**
 * The last step. Where the claim is likely the first of its key, its log row is written beside the conversion: two round trips deep and not
 * three. If the write has another result, the caller writes the row again.
 */
async function settle(
  submission: Submission,
  settling: Settling,
  stores: JudgementStores,
  deadline: Deadline,
): Promise<Judged> {
  const { facts, subject, claim, rules } = settling;
  if (facts.dryRun) {
    return report(
      submission,
      settledAs(settling, await stores.conversions.foresee(subject, claim, rules, deadline)),
      stores,
    );
  }
  // A reload of a page is answered as one, and costs no row of the log.
  if (!rules.mayCreate || rules.amongClick || claim.browser === true) {
    const settled = settledAs(settling, await stores.conversions.record(subject, claim, rules, deadline));
    if (!(await markWaitingReversal(settled, stores, deadline))) return report(submission, settled, stores);
    // Its sale may have been written meanwhile, by one who did not see the mark yet.
    const again = await stores.conversions.record(subject, claim, rules, deadline);
    return report(submission, settledAs(settling, again), stores);
  }
  const expected = settledAs(settling, settleByKey(undefined, subject, claim, true));
  const guess = await report(submission, expected, stores);
  const [recording, logging] = await Promise.allSettled([
    stores.conversions.record(subject, claim, rules, deadline),
    stores.postbackLog.putExpected(guess.row, deadline),
  ]);
  if (recording.status === 'rejected') throw recording.reason;
  const settled = settledAs(settling, recording.value);
  const verdict = verdictOf(submission, settled);
  if (!isSameVerdict(verdict, guess.verdict)) return report(submission, settled, stores);
  return { ...guess, logged: logging.status === 'fulfilled' && logging.value };
}

function isSameVerdict(left: Verdict, right: Verdict): boolean {
  return left.reason === right.reason && JSON.stringify(left) === JSON.stringify(right);
}

/** Marks the click of a reversal whose sale may still come, so that the sale looks for it; answers whether it does. */
async function markWaitingReversal(
  settled: Settled,
  { reversalMarks }: JudgementStores,
  deadline: Deadline,
): Promise<boolean> {
  if (settled.outcome !== 'settled' || settled.facts.click === undefined) return false;
  if (!settled.settlement.notes.some(({ code }) => awaitsSale(code))) return false;
  await reversalMarks.mark(settled.facts.click.clickId, deadline);
  return true;
}

/** The verdict with the log row that reports it. */
async function report(submission: Submission, settled: Settled, stores: JudgementStores): Promise<Judged> {
  return judgedAs(submission, settled.facts, verdictOf(submission, settled), stores);
}

async function judgedAs(
  submission: Submission,
  facts: JudgedFacts,
  verdict: Verdict,
  stores: JudgementStores,
): Promise<Judged> {
  const row = logRowOf(submission, facts, verdict, stores.logRetentionDays);
  return { verdict, facts, row: await withRequest(row, submission, facts, stores), logged: false };
}

/** A postback that ended otherwise than by judgement of its content, with the row that says so. */
export function rejectedWith(
  submission: Submission,
  facts: JudgedFacts,
  rejection: Rejection,
  stores: JudgementStores,
): Promise<Judged> {
  const { result, httpStatus } = reasons[rejection.reason];
  const verdict = { result, httpStatus, ...rejection, requestId: submission.requestId, warnings: facts.warnings };
  return judgedAs(submission, facts, verdict, stores);
}

/** The end of a postback whose click never came: reported in the log, from where it can be replayed. */
export function settleNotFound(submission: Submission, { facts }: Judged, stores: JudgementStores): Promise<Judged> {
  return rejectedWith(submission, facts, notFoundRejection, stores);
}
