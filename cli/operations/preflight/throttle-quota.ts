import { Sha256 } from '@aws-crypto/sha256-js';
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { SignatureV4 } from '@smithy/signature-v4';
import * as v from 'valibot';
import { throttleQuotaCode } from '../../../operator/preflight/account';

const answerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Quota: v.object({ Value: v.pipe(v.number(), v.minValue(0)) }) }),
);

const patienceMilliseconds = 10_000;

/**
 * Reads the quota from Service Quotas by one signed request, without another SDK.
 * @returns requests per second; `undefined` if the identity may not read it, or without a response
 */
export async function readThrottleQuota(
  region: string,
  credentials: ReturnType<typeof fromNodeProviderChain>,
): Promise<number | undefined> {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(process.env['AWS_ENDPOINT_URL'] ?? `https://servicequotas.${region}.${domain}`);
  const body = JSON.stringify({ ServiceCode: 'apigateway', QuotaCode: throttleQuotaCode });
  const headers = {
    host: url.host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'ServiceQuotasV20190624.GetServiceQuota',
  };
  const signer = new SignatureV4({ service: 'servicequotas', region, credentials, sha256: Sha256 });
  const { protocol, hostname } = url;
  const signed = await signer.sign({ method: 'POST', protocol, hostname, path: '/', headers, body });
  const { host: _host, ...sent } = signed.headers;
  try {
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const response = await fetch(new URL('/', url), { method: 'POST', headers: sent, body, signal });
    const answer = v.safeParse(answerSchema, await response.text());
    return answer.success ? answer.output.Quota.Value : undefined;
  } catch {
    // The caller reports a missing value; all other checks continue.
    return undefined;
  }
}
