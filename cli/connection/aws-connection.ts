import { Sha256 } from '@aws-crypto/sha256-js';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { SignatureV4 } from '@smithy/signature-v4';
import * as v from 'valibot';
import { Failure, messageOf, systemCodeOf } from '../../operator/failure';
import { sendPlainly, type Connection, type Outgoing } from '../../operator/api/connection';
import type { TrackerTarget } from './options';

type StackTarget = Extract<TrackerTarget, { at: 'stack' }>;

/** Finds the tracker of a stack by its outputs, and signs requests to its admin API with AWS credentials. */
export async function connectToStack({ stack, region, profile }: StackTarget): Promise<Connection> {
  // A new connection reads credentials that were renewed in a file.
  const credentials = fromNodeProviderChain({ ignoreCache: true, ...(profile !== undefined && { profile }) });
  const client = new CloudFormationClient({
    credentials,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const { AdminUrl: adminUrl, ClickUrl: clickUrl = adminUrl } = await outputsOf(client, stack);
  const signer = new SignatureV4({
    service: 'execute-api',
    region: await client.config.region(),
    credentials,
    sha256: Sha256,
  });
  return {
    publicUrl: new URL(clickUrl).origin,
    adminUrl,
    send: async (request) => sendPlainly({ ...request, headers: await signedHeaders(signer, request) }),
  };
}

const outputs = v.looseObject({ AdminUrl: v.pipe(v.string(), v.url()), ClickUrl: v.optional(v.string()) });

async function outputsOf(client: CloudFormationClient, stack: string): Promise<v.InferOutput<typeof outputs>> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
    throw stackFailure(stack, error);
  });
  const named = Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue] as const) ?? [];
  const reading = v.safeParse(outputs, Object.fromEntries(named));
  if (reading.success) return reading.output;
  throw new Failure(
    'notFound',
    `The stack ${stack} has no output AdminUrl, so it is no tracker, or not deployed yet.`,
    { hint: '"npx cdk deploy" makes one.' },
  );
}

/** Explains an error of CloudFormation: no credentials, no region, no such stack, no permission. */
export function stackFailure(stack: string, error: unknown): Failure {
  const name = error instanceof Error ? error.name : '';
  const message = messageOf(error).replace(/\.?\s*$/, '.');
  const local = 'For the tracker on this machine add --local.';
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const hint = `Sign in with "aws sso login" or "aws configure", or name a profile with --profile. ${local}`;
    return new Failure('unreachable', 'No AWS credentials work here.', { hint, cause: error });
  }
  if (/region is missing/i.test(message)) {
    const hint = `Name it with --region, or set AWS_REGION. ${local}`;
    return new Failure('unreachable', 'The AWS region of the tracker is unknown.', {
      hint,
      cause: error,
    });
  }
  if (name === 'ValidationError' && /does not exist/.test(message)) {
    const hint = `Name another with --stage, --stack, --region or --profile. ${local}`;
    return new Failure('notFound', `There is no stack ${stack} in this account and region.`, {
      hint,
      cause: error,
    });
  }
  if (/^E[A-Z]/.test(systemCodeOf(error) ?? '')) {
    const hint = `Check the network, and the region. ${local}`;
    return new Failure('unreachable', `CloudFormation cannot be reached: ${message}`, { hint, cause: error });
  }
  const hint = `The AWS identity in use must be allowed cloudformation:DescribeStacks on the stack. ${local}`;
  return new Failure('unreachable', `CloudFormation does not describe the stack ${stack}: ${message}`, {
    hint,
    cause: error,
  });
}

async function signedHeaders(signer: SignatureV4, request: Outgoing): Promise<Readonly<Record<string, string>>> {
  const { method, url, headers, body } = request;
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    ...(body !== undefined && { body }),
  });
  // The HTTP client writes the host header.
  const { host: _host, ...others } = signed.headers;
  return others;
}
