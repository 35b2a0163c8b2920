import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedUrl } from '../../../operator/postback/signing';

interface Vector {
  readonly kind: string;
  readonly keyId: string;
  readonly secret: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly signedQuery: string;
}

const file = join(__dirname, '..', '..', '..', 'docs', 'test-vectors.json');
const { signatures }: { readonly signatures: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'));
const vectors = signatures.filter(({ kind, method }) => kind === 'query' && method === 'GET');

test.each(vectors)(
  'a test postback is signed as the published vector: $query',
  async ({ keyId, secret, path, query, signedQuery }) => {
    const [unsigned = '', timestamp = ''] = query.split(/&ts=(\d+)/);

    expect(
      await signedUrl(`https://go.example.com${path}?${unsigned}`, { kid: keyId, secret }, Number(timestamp)),
    ).toBe(`https://go.example.com${path}?${signedQuery}`);
  },
);
