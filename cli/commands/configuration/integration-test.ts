import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { testClick } from '../../../operator/answers';
import { integrationOf } from '../../../operator/documents/sender-setup';
import { credentialsOf } from '../../../operator/documents/credentials';
import { signedUrl } from '../../../operator/postback/signing';
import { allDocuments, getDocument } from '../../../operator/documents/stored-document';
import type { AdminApi } from '../../../operator/api/admin-api';
import { sendPlainly } from '../../../operator/api/connection';
import { Failure, usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { perform } from '../../session';
import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';

export function addTestCommand(integration: CommandUnknownOpts): void {
  const command = integration
    .command('test')
    .argument('<id>', 'ID of the integration')
    .summary('tests it with a test click and its postback')
    .description(
      'makes a test click, sends its postback as the sender would, and shows the verdict; exit code 1 where it is rejected',
    )
    .option('--campaign <id>', 'click on this campaign (default: the first of the integration)')
    .option('--dry-run', 'judge the postback and record nothing')
    .action((id, { campaign, dryRun }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const api = await connect();
        const tried = await tryIntegration(api, id, campaign ?? (await campaignOf(api, id)), dryRun === true);
        output.answer(tried, () => triedText(tried));
        return tried.accepted ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker integration test acme',
    'tracker integration test acme --campaign spring --dry-run --json',
  );
}

const verdict = v.looseObject({
  result: v.optional(v.string()),
  reason: v.string(),
  message: v.optional(v.string(), ''),
  warnings: v.optional(v.array(v.looseObject({ code: v.string(), message: v.string() })), []),
});

type Verdict = v.InferOutput<typeof verdict>;

interface Tried {
  readonly integration: string;
  readonly campaign: string;
  readonly clickId: string;
  /** The request that was sent, its token masked. */
  readonly sent: string;
  readonly httpStatus: number;
  readonly requestId: string | null;
  readonly accepted: boolean;
  readonly verdict: Verdict;
}

async function tryIntegration(api: AdminApi, id: string, campaign: string, dryRun: boolean): Promise<Tried> {
  const click = await api.call('POST', ['test-clicks'], testClick, { body: { campaign } });
  const { clickId, integration, postbackUrl } = click;
  if (integration !== id) {
    throw usageFailure(`${integration} reports the conversions of ${campaign}, not ${id}.`);
  }
  if (!click.landingPage.includes(clickId)) {
    throw new Failure('finding', `No offer page of ${campaign} gets the click ID, so no conversion can name it.`, {
      hint: 'Put {clickid} into the URL of the offer.',
    });
  }
  const url = await signedIfAsked(api, id, dryRun ? `${postbackUrl}&dry_run=1` : postbackUrl);
  const { status, headers, text } = await askedPlainly(url);
  const received = readVerdict(text) ?? { reason: headers.get('x-postback-reason') ?? text, message: '', warnings: [] };
  return {
    integration: id,
    campaign,
    clickId,
    sent: url.replace(/([?&]token=)[^&]*/, '$1***'),
    httpStatus: status,
    requestId: headers.get('x-request-id'),
    accepted: isAccepted(received, status),
    verdict: received,
  };
}

async function askedPlainly(url: string): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await sendPlainly({ method: 'GET', url: new URL(url), headers: {} });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Decides by the reason: an integration, and a dry run, may respond with 200 in any case. */
function isAccepted({ result, reason }: Verdict, status: number): boolean {
  if (result === 'dry_run') return /^(?:OK|PENDING)/.test(reason);
  return status < 300 && result !== 'rejected' && result !== 'error';
}

/** Signs where the integration checks signatures. */
async function signedIfAsked(api: AdminApi, id: string, url: string): Promise<string> {
  const { auth } = await integrationOf(api, id);
  if (auth.hmac === 'off') return url;
  return signedUrl(url, (await credentialsOf(api, id)).hmac, Math.floor(Date.now() / 1000));
}

async function campaignOf(api: AdminApi, id: string): Promise<string> {
  const campaigns = (await allDocuments(api, 'campaign')).filter(({ integration }) => integration === id);
  const campaign = campaigns.find(({ status }) => status === 'active') ?? campaigns[0];
  if (campaign !== undefined) return campaign.id;
  await getDocument(api, 'integration', id);
  throw new Failure('notFound', `No campaign names the integration ${id}, so there is no link to click.`, {
    hint: `"tracker campaign put NAME --integration ${id} --offer id=main,url=https://…" makes one.`,
  });
}

/** Returns the verdict of a response; `undefined` if the integration replies with a literal body. */
function readVerdict(text: string): Verdict | undefined {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), verdict), text);
  return reading.success ? reading.output : undefined;
}

function triedText({ campaign, clickId, sent, httpStatus, requestId, accepted, verdict: received }: Tried): string {
  const { result = '', reason, message, warnings } = received;
  const outcome = `${result} ${reason}`.trim();
  return fieldList([
    ['campaign', campaign],
    ['click', clickId],
    ['sent', sent],
    ['verdict', `${accepted ? style.good(outcome) : style.bad(outcome)}, HTTP ${httpStatus}`],
    ['', message],
    ...warnings.map((warning) => ['warning', style.warning(`${warning.code}: ${warning.message}`)] as const),
    ['log row', requestId ?? 'the answer names no request'],
  ]);
}
