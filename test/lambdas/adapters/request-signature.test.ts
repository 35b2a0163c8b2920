import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { createRequestSigner, jsonContentType } from '../../../lambdas/adapters/request-signature';

const credentials = fc.record({
  accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
  secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
  sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{20,60}$/), { nil: undefined }),
});

test('signs any request as the SDK does, also when days and credentials change', async () => {
  const sign = createRequestSigner('eu-west-1', 'dynamodb');
  await fc.assert(
    fc.asyncProperty(
      credentials,
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('dynamodb.eu-west-1.amazonaws.com', '127.0.0.1:8000'),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      async (known, body, host, now) => {
        const request = { host, target: 'DynamoDB_20120810.PutItem', body };
        const { authorization } = sign(request, known, now);
        const oracle = new SignatureV4({
          credentials: { ...known, ...(known.sessionToken === undefined && { sessionToken: '' }) },
          region: 'eu-west-1',
          service: 'dynamodb',
          sha256: Sha256,
          applyChecksum: false,
        });
        const signed = await oracle.sign(
          {
            method: 'POST',
            protocol: 'https:',
            hostname: host,
            path: '/',
            query: {},
            headers: { 'content-type': jsonContentType, host, 'x-amz-target': request.target },
            body,
          },
          { signingDate: now },
        );

        expect(authorization).toBe(signed.headers['authorization']);
      },
    ),
    { numRuns: 50 },
  );
});
